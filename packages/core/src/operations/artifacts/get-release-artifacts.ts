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

/** Returns how much was uploaded for a release in projects within the caller's reach. Runs five statements. */
export const describeReleaseArtifacts = query({
  scope: REL_READ,
  at: atRelease,
  input: NoInput,
  run: async ({ db, at }): Promise<ReleaseArtifactsView> => {
    const { id: releaseId } = at.release;
    const parameters = await bundleParameters(db, at);
    const [bundled] = await sumBundles(db, parameters);
    const singles = await sumSingleFiles(db, { releaseId });
    const members = await countMembers(db, { releaseId });
    const [stored] = await sumArchives(db, { releaseId });
    const bundleDists = await selectBundleDists(db, parameters);
    const dists = [...new Set([...bundleDists, ...singles, ...members].map(({ dist }) => dist))].toSorted();
    return {
      bundles: bundled?.bundles ?? 0,
      bundledFiles: bundled?.files ?? 0,
      bundledSize: bundled?.size ?? 0,
      files: singles[0]?.files ?? 0,
      filesSize: singles[0]?.size ?? 0,
      members: members[0]?.members ?? 0,
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

/** Returns the first dists of the single files, each with the sums over all dists, so that the rows are read once. */
const sumSingleFiles = prepared((db: Reader, param: { releaseId: number }) => {
  const { dist, isMember, size, releaseId } = db.tables.releaseFiles;
  return db
    .select({ dist, files: total(sql`count(*)`), size: total(sql`sum(${size})`) })
    .from(db.tables.releaseFiles)
    .where(and(eq(releaseId, param.releaseId), eq(isMember, false), isShownFile(db)))
    .groupBy(dist)
    .orderBy(asc(dist))
    .limit(MAX_DISTS)
    .prepare();
});

/** Returns the first dists of the members, each with the number of all, which may be 100,000: read from the index alone, in its order. */
const countMembers = prepared((db: Reader, param: { releaseId: number }) => {
  const { listDist: dist, isMember, releaseId } = db.tables.releaseFiles;
  return db
    .select({ dist, members: total(sql`count(*)`) })
    .from(db.tables.releaseFiles)
    .where(and(eq(releaseId, param.releaseId), eq(isMember, true), isShownFile(db)))
    .groupBy(dist)
    .orderBy(asc(dist))
    .limit(MAX_DISTS)
    .prepare();
});

/** The sum of an aggregate over all groups. */
const total = (aggregate: SQL) => sql<number>`sum(${aggregate}) over ()`.mapWith(Number);

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
