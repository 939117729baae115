import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ReleaseArtifactsView } from "@landfall/schema/artifacts/artifact-bundles";
import { NoInput } from "@landfall/schema/fields/query";
import { REL_READ } from "@landfall/schema/scope";
import { and, asc, count, eq, sum } from "drizzle-orm";
import { atRelease } from "../../access/at-release.ts";
import { query } from "../../kernel/operation.ts";
import { bundlesOf, isOfRelease, sumBundles, sumFiles } from "../../records/artifacts/release-artifact-counts.ts";
import { isShownArchive, isShownFile } from "../../records/artifacts/release-files.ts";

const MAX_DISTS = 20;

/** How much was uploaded for a release, in its projects within the caller's reach. Five statements, however much it is. */
export const describeReleaseArtifacts = query({
  scope: REL_READ,
  at: atRelease,
  input: NoInput,
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
      dists: dists.slice(0, MAX_DISTS).map((dist) => dist || null),
    };
  },
});

const selectBundleDists = prepared((db: Reader, param: { organizationId: number; version: string; projects: readonly number[] }) => {
  const { artifactReleases, artifactBundleReleases, artifactBundleProjects } = db.tables;
  return db
    .selectDistinct({ dist: artifactReleases.dist })
    .from(artifactReleases)
    .innerJoin(artifactBundleReleases, eq(artifactBundleReleases.artifactReleaseId, artifactReleases.id))
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.bundleId, artifactBundleReleases.bundleId), anyOf(artifactBundleProjects.projectId, param.projects)),
    )
    .where(isOfRelease(db, param))
    .orderBy(asc(artifactReleases.dist))
    .limit(MAX_DISTS)
    .prepare();
});

const selectFileDists = prepared((db: Reader, param: { releaseId: number }) => {
  const { releaseFiles } = db.tables;
  return db
    .selectDistinct({ dist: releaseFiles.dist })
    .from(releaseFiles)
    .where(and(eq(releaseFiles.releaseId, param.releaseId), isShownFile(db)))
    .orderBy(asc(releaseFiles.dist))
    .limit(MAX_DISTS)
    .prepare();
});

const sumArchives = prepared((db: Reader, param: { releaseId: number }) => {
  const { releaseArchives, blobs } = db.tables;
  return db
    .select({ archives: count(), size: sum(blobs.size).mapWith(Number) })
    .from(releaseArchives)
    .innerJoin(blobs, eq(blobs.id, releaseArchives.blobId))
    .where(and(eq(releaseArchives.releaseId, param.releaseId), isShownArchive(db)))
    .prepare();
});
