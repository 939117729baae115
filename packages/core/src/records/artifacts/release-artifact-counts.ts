import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { and, count, eq, sum } from "drizzle-orm";
import type { AtRelease } from "../../access/at-release.ts";
import { reachableProjects, reaches } from "../../access/project-reach.ts";
import { bundleLinks, isLinkOfVersion } from "./bundle-links.ts";
import { isShownFile } from "./release-files.ts";

/** Returns how many files a release has within the caller's reach, in bundles and of its own. Runs two statements. */
export async function countReleaseArtifacts(db: Reader, at: AtRelease): Promise<number> {
  const [bundled] = await sumBundleFiles(db, await bundleParameters(db, at));
  return (bundled?.files ?? 0) + (await countOwnFiles(db, at.release.id));
}

/**
 * Returns how many files a release has: those in artifact bundles of its version and projects if there are any, else its own
 * (contract 10.1).
 */
export async function countArtifacts(
  db: Reader,
  { release: { id, organizationId, version }, links }: Pick<AtRelease, "release" | "links">,
): Promise<{ files: number; areBundled: boolean }> {
  const projects = links.map((link) => link.projectId);
  const [bundled] = await sumBundleFiles(db, { organizationId, version, projects });
  if (bundled && bundled.bundles > 0) return { files: bundled.files ?? 0, areBundled: true };
  return { files: await countOwnFiles(db, id), areBundled: false };
}

/** Returns how many files a release has of its own: single files and members of its archives. */
export async function countOwnFiles(db: Reader, releaseId: number): Promise<number> {
  const [own] = await countFiles(db, { releaseId });
  return own?.files ?? 0;
}

/** The version whose bundles a statement reads, and the projects that the bundles belong to. */
export type BundleParameters = { readonly organizationId: number; readonly version: string; readonly projects: readonly number[] };

/** Returns the version of a release, and its projects within the caller's reach. */
export const bundleParameters = async (db: Reader, at: AtRelease): Promise<BundleParameters> => ({
  organizationId: at.release.organizationId,
  version: at.release.version,
  projects: await reachableProjectIds(db, at),
});

/** Returns the ids of a release's projects within the caller's reach. */
export async function reachableProjectIds(db: Reader, { access, links }: AtRelease): Promise<number[]> {
  const reach = await reachableProjects(db, access);
  return links.flatMap(({ projectId }) => (reaches(reach, projectId) ? [projectId] : []));
}

/** The bundles of a version and projects, each once. */
export function bundlesOfVersion(db: Reader, param: BundleParameters) {
  const { artifactBundles } = db.tables;
  const { id, fileCount, blobId } = artifactBundles;
  const links = bundleLinks(db);
  return db
    .selectDistinct({ id, fileCount, blobId })
    .from(links)
    .innerJoin(artifactBundles, eq(id, links.bundleId))
    .where(and(isLinkOfVersion(links, param), anyOf(links.projectId, param.projects)))
    .as("bundles_of_version");
}

const sumBundleFiles = prepared((db: Reader, param: BundleParameters) => {
  const bundles = bundlesOfVersion(db, param);
  return db
    .select({ bundles: count(), files: sum(bundles.fileCount).mapWith(Number) })
    .from(bundles)
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
