import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { Nothing } from "@landfall/schema/inputs/nothing";
import { REL_READ } from "@landfall/schema/scope";
import type { ReleaseArtifactsView } from "@landfall/schema/views/bundle-line";
import { and, asc, count, eq, sql, sum } from "drizzle-orm";
import { type AtRelease, atRelease } from "../access/at-release.ts";
import { query } from "../operation.ts";
import { reachedProjects } from "./reached-projects.ts";
import { isShownArchive, isShownFile } from "./shown-files.ts";

const MOST_DISTS = 20;

/** How much was uploaded for a release, in its projects within the caller's reach. Five statements, however much it is. */
export const describeReleaseArtifacts = query({
  scope: REL_READ,
  at: atRelease,
  input: Nothing,
  run: async ({ db, at }): Promise<ReleaseArtifactsView> => {
    const { id: releaseId } = at.release;
    const on = await bundlesOf(db, at);
    const [bundled] = await sumBundles(db, on);
    const files = await sumFiles(db, { releaseId });
    const [stored] = await sumArchives(db, { releaseId });
    const [bundleDists, fileDists] = [await selectBundleDists(db, on), await selectFileDists(db, { releaseId })];
    const dists = [...new Set([...bundleDists, ...fileDists].map(({ dist }) => dist))].toSorted();
    const [single, member] = [files.find(({ isMember }) => !isMember), files.find(({ isMember }) => isMember)];
    return {
      bundles: bundled?.bundles ?? 0,
      bundledFiles: bundled?.files ?? 0,
      bundledSize: bundled?.size ?? 0,
      files: single?.files ?? 0,
      filesSize: single?.size ?? 0,
      members: member?.files ?? 0,
      archives: stored?.archives ?? 0,
      archivesSize: stored?.size ?? 0,
      dists: dists.slice(0, MOST_DISTS).map((dist) => dist || null),
    };
  },
});

/** How many files there are for a release, in bundles and of its own. Two statements. */
export async function countReleaseArtifacts(db: Reader, at: AtRelease): Promise<number> {
  const [bundled] = await sumBundles(db, await bundlesOf(db, at));
  const files = await sumFiles(db, { releaseId: at.release.id });
  return files.reduce((total, row) => total + row.files, bundled?.files ?? 0);
}

const bundlesOf = async (db: Reader, at: AtRelease) => ({
  organizationId: at.release.organizationId,
  version: at.release.version,
  projects: JSON.stringify(await reachedProjects(db, at)),
});

const isOfRelease = ({ tables: { artifactReleases } }: Reader) =>
  and(eq(artifactReleases.organizationId, sql.placeholder("organizationId")), eq(artifactReleases.version, sql.placeholder("version")));

const sumBundles = prepared((db: Reader) => {
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

const selectBundleDists = prepared((db: Reader) => {
  const { artifactReleases, artifactBundleReleases, artifactBundleProjects } = db.tables;
  return db
    .selectDistinct({ dist: artifactReleases.dist })
    .from(artifactReleases)
    .innerJoin(artifactBundleReleases, eq(artifactBundleReleases.artifactReleaseId, artifactReleases.id))
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.bundleId, artifactBundleReleases.bundleId), anyOf(artifactBundleProjects.projectId, "projects")),
    )
    .where(isOfRelease(db))
    .orderBy(asc(artifactReleases.dist))
    .limit(MOST_DISTS)
    .prepare();
});

const sumFiles = prepared((db: Reader) => {
  const { releaseFiles } = db.tables;
  return db
    .select({ isMember: releaseFiles.isMember, files: count(), size: sum(releaseFiles.size).mapWith(Number) })
    .from(releaseFiles)
    .where(and(eq(releaseFiles.releaseId, sql.placeholder("releaseId")), isShownFile(db)))
    .groupBy(releaseFiles.isMember)
    .prepare();
});

const selectFileDists = prepared((db: Reader) => {
  const { releaseFiles } = db.tables;
  return db
    .selectDistinct({ dist: releaseFiles.dist })
    .from(releaseFiles)
    .where(and(eq(releaseFiles.releaseId, sql.placeholder("releaseId")), isShownFile(db)))
    .orderBy(asc(releaseFiles.dist))
    .limit(MOST_DISTS)
    .prepare();
});

const sumArchives = prepared((db: Reader) => {
  const { releaseArchives, blobs } = db.tables;
  return db
    .select({ archives: count(), size: sum(blobs.size).mapWith(Number) })
    .from(releaseArchives)
    .innerJoin(blobs, eq(blobs.id, releaseArchives.blobId))
    .where(and(eq(releaseArchives.releaseId, sql.placeholder("releaseId")), isShownArchive(db)))
    .prepare();
});
