import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { and, count, eq, sql, sum } from "drizzle-orm";
import type { AtRelease } from "../access/at-release.ts";
import { reachableProjectIds } from "./reached-projects.ts";
import { isShownFile } from "./shown-files.ts";

/** How many files there are for a release, in bundles and of its own. Two statements. */
export async function countReleaseArtifacts(db: Reader, at: AtRelease): Promise<number> {
  const [bundled] = await sumBundles(db, await bundlesOf(db, at));
  const files = await sumFiles(db, { releaseId: at.release.id });
  return files.reduce((total, row) => total + row.files, bundled?.files ?? 0);
}

export const bundlesOf = async (db: Reader, at: AtRelease) => ({
  organizationId: at.release.organizationId,
  version: at.release.version,
  projects: JSON.stringify(await reachableProjectIds(db, at)),
});

export const isOfRelease = ({ tables: { artifactReleases } }: Reader) =>
  and(eq(artifactReleases.organizationId, sql.placeholder("organizationId")), eq(artifactReleases.version, sql.placeholder("version")));

export const sumBundles = prepared((db: Reader) => {
  const { artifactReleases, artifactBundleReleases, artifactBundleProjects, artifactBundles, blobs } = db.tables;
  const once = db
    .selectDistinct({ id: artifactBundles.id, fileCount: artifactBundles.fileCount, blobId: artifactBundles.blobId })
    .from(artifactReleases)
    .innerJoin(artifactBundleReleases, eq(artifactBundleReleases.artifactReleaseId, artifactReleases.id))
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactBundleReleases.bundleId))
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.bundleId, artifactBundles.id), anyOf(artifactBundleProjects.projectId, "projects")),
    )
    .where(isOfRelease(db))
    .as("once");
  return db
    .select({ bundles: count(), files: sum(once.fileCount).mapWith(Number), size: sum(blobs.size).mapWith(Number) })
    .from(once)
    .innerJoin(blobs, eq(blobs.id, once.blobId))
    .prepare();
});

export const sumFiles = prepared((db: Reader) => {
  const { releaseFiles } = db.tables;
  return db
    .select({ isMember: releaseFiles.isMember, files: count(), size: sum(releaseFiles.size).mapWith(Number) })
    .from(releaseFiles)
    .where(and(eq(releaseFiles.releaseId, sql.placeholder("releaseId")), isShownFile(db)))
    .groupBy(releaseFiles.isMember)
    .prepare();
});
