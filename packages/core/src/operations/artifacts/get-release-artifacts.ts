import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ReleaseArtifactsView } from "@landfall/schema/artifacts/artifact-bundles";
import { NoInput } from "@landfall/schema/fields/query";
import { REL_READ } from "@landfall/schema/scope";
import { and, asc, count, eq, type SQL, sql, sum } from "drizzle-orm";
import { atRelease } from "../../access/at-release.ts";
import { query } from "../../kernel/operation.ts";
import { bundleLinks, isLinkOfVersion } from "../../records/artifacts/bundle-links.ts";
import { type BundleParameters, bundleParameters, bundlesOfVersion } from "../../records/artifacts/release-artifact-counts.ts";
import { isShownArchive, isShownFile } from "../../records/artifacts/release-files.ts";

const MAX_DISTS = 20;

/** Returns how much was uploaded for a release in projects within the caller's reach. Runs four statements. */
export const describeReleaseArtifacts = query({
  scope: REL_READ,
  at: atRelease,
  input: NoInput,
  run: async ({ db, at }): Promise<ReleaseArtifactsView> => {
    const { id: releaseId } = at.release;
    const parameters = await bundleParameters(db, at);
    const [bundled] = await sumBundles(db, parameters);
    const fileDists = await sumFilesWithDists(db, { releaseId });
    const [stored] = await sumArchives(db, { releaseId });
    const dists = [...new Set([...(await selectBundleDists(db, parameters)), ...fileDists].map(({ dist }) => dist))].toSorted();
    const [all] = fileDists;
    return {
      bundles: bundled?.bundles ?? 0,
      bundledFiles: bundled?.files ?? 0,
      bundledSize: bundled?.size ?? 0,
      files: all?.files ?? 0,
      filesSize: all?.filesSize ?? 0,
      members: all?.members ?? 0,
      archives: stored?.archives ?? 0,
      archivesSize: stored?.size ?? 0,
      dists: dists.slice(0, MAX_DISTS).map((dist) => dist || null),
    };
  },
});

const sumBundles = prepared((db: Reader, param: BundleParameters) => {
  const { blobs } = db.tables;
  const bundles = bundlesOfVersion(db, param);
  return db
    .select({ bundles: count(), files: sum(bundles.fileCount).mapWith(Number), size: sum(blobs.size).mapWith(Number) })
    .from(bundles)
    .innerJoin(blobs, eq(blobs.id, bundles.blobId))
    .prepare();
});

/**
 * Returns the first dists of the files, each with the sums over the files of all dists, so that the rows of the release, of which there may be
 * 100,000, are read once.
 */
const sumFilesWithDists = prepared((db: Reader, param: { releaseId: number }) => {
  const { dist, isMember, size, releaseId } = db.tables.releaseFiles;
  const total = (value: SQL) => sql<number>`sum(sum(${value})) over ()`.mapWith(Number);
  return db
    .select({
      dist,
      members: total(sql`case when ${isMember} then 1 else 0 end`),
      files: total(sql`case when ${isMember} then 0 else 1 end`),
      filesSize: total(sql`case when ${isMember} then 0 else ${size} end`),
    })
    .from(db.tables.releaseFiles)
    .where(and(eq(releaseId, param.releaseId), isShownFile(db)))
    .groupBy(dist)
    .orderBy(asc(dist))
    .limit(MAX_DISTS)
    .prepare();
});

const selectBundleDists = prepared((db: Reader, param: BundleParameters) => {
  const links = bundleLinks(db);
  return db
    .selectDistinct({ dist: links.dist })
    .from(links)
    .where(and(isLinkOfVersion(links, param), anyOf(links.projectId, param.projects)))
    .orderBy(asc(links.dist))
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
