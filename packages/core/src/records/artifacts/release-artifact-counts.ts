import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { and, count, eq, sum } from "drizzle-orm";
import type { AtRelease } from "../../access/at-release.ts";
import { reachableProjects, reaches } from "../../access/project-reach.ts";
import { isShownFile } from "./release-files.ts";

/** How many files there are for a release, in bundles and of its own. Two statements. */
export async function countReleaseArtifacts(db: Reader, at: AtRelease): Promise<number> {
  const [bundled] = await sumBundles(db, await bundlesOf(db, at));
  const files = await sumFiles(db, { releaseId: at.release.id });
  return files.reduce((total, row) => total + row.files, bundled?.files ?? 0);
}

export const bundlesOf = async (db: Reader, at: AtRelease) => ({
  organizationId: at.release.organizationId,
  version: at.release.version,
  projects: await reachableProjectIds(db, at),
});

type OfRelease = { readonly organizationId: number; readonly version: string };

export const isOfRelease = ({ tables: { artifactReleases } }: Reader, param: OfRelease) =>
  and(eq(artifactReleases.organizationId, param.organizationId), eq(artifactReleases.version, param.version));

export const sumBundles = prepared((db: Reader, param: OfRelease & { projects: readonly number[] }) => {
  const { artifactReleases, artifactBundleReleases, artifactBundleProjects, artifactBundles, blobs } = db.tables;
  const once = db
    .selectDistinct({ id: artifactBundles.id, fileCount: artifactBundles.fileCount, blobId: artifactBundles.blobId })
    .from(artifactReleases)
    .innerJoin(artifactBundleReleases, eq(artifactBundleReleases.artifactReleaseId, artifactReleases.id))
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactBundleReleases.bundleId))
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.bundleId, artifactBundles.id), anyOf(artifactBundleProjects.projectId, param.projects)),
    )
    .where(isOfRelease(db, param))
    .as("once");
  return db
    .select({ bundles: count(), files: sum(once.fileCount).mapWith(Number), size: sum(blobs.size).mapWith(Number) })
    .from(once)
    .innerJoin(blobs, eq(blobs.id, once.blobId))
    .prepare();
});

export const sumFiles = prepared((db: Reader, param: { releaseId: number }) => {
  const { releaseFiles } = db.tables;
  return db
    .select({ isMember: releaseFiles.isMember, files: count(), size: sum(releaseFiles.size).mapWith(Number) })
    .from(releaseFiles)
    .where(and(eq(releaseFiles.releaseId, param.releaseId), isShownFile(db)))
    .groupBy(releaseFiles.isMember)
    .prepare();
});

/** How many files there are for a release: those in artifact bundles of its version and projects if there are any, else its own (contract 10.1). */
export async function countArtifacts(
  db: Reader,
  { release, links }: Pick<AtRelease, "release" | "links">,
): Promise<{ files: number; areBundled: boolean }> {
  const projects = links.map((link) => link.projectId);
  const [bundled] = await sumBundleFiles(db, { organizationId: release.organizationId, version: release.version, projects });
  if (bundled && bundled.bundles > 0) return { files: bundled.files ?? 0, areBundled: true };
  return { files: await countOwnFiles(db, release.id), areBundled: false };
}

/** How many files a release has of its own, single ones and members of its archives. */
export async function countOwnFiles(db: Reader, releaseId: number): Promise<number> {
  const [own] = await countFiles(db, { releaseId });
  return own?.files ?? 0;
}

const sumBundleFiles = prepared((db: Reader, param: { projects: readonly number[]; organizationId: number; version: string }) => {
  const { artifactReleases, artifactBundleReleases, artifactBundleProjects, artifactBundles } = db.tables;
  const once = db
    .selectDistinct({ id: artifactBundles.id, fileCount: artifactBundles.fileCount })
    .from(artifactReleases)
    .innerJoin(artifactBundleReleases, eq(artifactBundleReleases.artifactReleaseId, artifactReleases.id))
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactBundleReleases.bundleId))
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.bundleId, artifactBundles.id), anyOf(artifactBundleProjects.projectId, param.projects)),
    )
    .where(and(eq(artifactReleases.organizationId, param.organizationId), eq(artifactReleases.version, param.version)))
    .as("once");
  return db
    .select({ bundles: count(), files: sum(once.fileCount).mapWith(Number) })
    .from(once)
    .prepare();
});

const countFiles = prepared((db: Reader, param: { releaseId: number }) => {
  const { releaseFiles } = db.tables;
  return db
    .select({ files: count() })
    .from(releaseFiles)
    .where(and(eq(releaseFiles.releaseId, param.releaseId), isShownFile(db)))
    .prepare();
});

/** The ids of a release's projects within the caller's reach. */
export async function reachableProjectIds(db: Reader, { access, links }: AtRelease): Promise<number[]> {
  const reach = await reachableProjects(db, access);
  return links.flatMap(({ projectId }) => (reaches(reach, projectId) ? [projectId] : []));
}
