import { setImmediate } from "node:timers/promises";
import type { Reader, Store, Tx } from "@landfall/db/store";
import { and, asc, count, eq, exists, gt, inArray, like, lt, lte, max, not, notExists, or, type SQL, sql } from "drizzle-orm";

/** Files of bundles written or deleted in one transaction: some tens of milliseconds. */
export const FILES_AT_ONCE = 2000;

/** Rows looked at in one statement: some milliseconds. */
const ROWS_AT_ONCE = 5000;

// A bundle is visible while it belongs to a project, and the URLs of a version and dist while `artifact_bundle_releases` has the bundle.
// Rows that are written or deleted in several transactions have one of these in place of their checksum or version, and neither of the two.
const STAGED = "staged ";

const DELETED = "deleted ";

/** No version has a line break. */
const DELETED_VERSION = "\n";

/** The checksum of a bundle that is being written. */
export const stagedChecksum = (random: string): string => `${STAGED}${random}`;

/** Whether a bundle belongs to a project: others are being written or deleted. */
export function belongsToProject(db: Reader): SQL {
  const { artifactBundles, artifactBundleProjects } = db.tables;
  return exists(
    db
      .select({ one: sql`1` })
      .from(artifactBundleProjects)
      .where(eq(artifactBundleProjects.bundleId, artifactBundles.id)),
  );
}

/**
 * Deletes these bundles and returns the ids of their blobs. If they have many rows, they are only hidden, and `sweepBundles` deletes their
 * rows.
 */
export async function deleteBundles(tx: Tx, bundleIds: readonly number[]): Promise<number[]> {
  const { artifactBundles, artifactBundleProjects, artifactBundleReleases, assemblies } = tx.tables;
  const ids = [...bundleIds];
  const these = inArray(artifactBundles.id, ids);
  const sizes = await tx.select({ id: artifactBundles.id, files: artifactBundles.fileCount }).from(artifactBundles).where(these);
  const links = await tx
    .select({ id: artifactBundleReleases.bundleId, versions: count() })
    .from(artifactBundleReleases)
    .where(inArray(artifactBundleReleases.bundleId, ids))
    .groupBy(artifactBundleReleases.bundleId);
  const versions = new Map(links.map((row) => [row.id, row.versions]));
  // A file has a row, and one for its URL in each version.
  const rows = sizes.reduce((total, { id, files }) => total + files * (1 + (versions.get(id) ?? 0)), 0);
  if (rows <= 2 * FILES_AT_ONCE) {
    const gone = await tx.delete(artifactBundles).where(these).returning({ blobId: artifactBundles.blobId });
    return gone.map((row) => row.blobId);
  }
  await tx.delete(artifactBundleProjects).where(inArray(artifactBundleProjects.bundleId, ids));
  await tx.delete(assemblies).where(inArray(assemblies.bundleId, ids));
  const hidden = await tx
    .update(artifactBundles)
    .set({ checksum: sql`${DELETED} || ${artifactBundles.id}` })
    .where(these)
    .returning({ blobId: artifactBundles.blobId });
  return hidden.map((row) => row.blobId);
}

/** Hides a version of bundles with its dists. `sweepBundles` deletes its rows, of which there is one for each URL of each bundle. */
export async function deleteArtifactReleases(tx: Tx, ids: readonly number[]): Promise<void> {
  const { artifactReleases, artifactBundleReleases } = tx.tables;
  await tx
    .update(artifactReleases)
    .set({ version: sql`${DELETED_VERSION} || ${artifactReleases.id}` })
    .where(inArray(artifactReleases.id, [...ids]));
  await tx.delete(artifactBundleReleases).where(inArray(artifactBundleReleases.artifactReleaseId, [...ids]));
}

/**
 * Deletes the rows of dropped bundles and versions, and those of bundles staged before `before` that were never finished, each in short
 * transactions.
 */
export async function sweepBundles(store: Store, before: Date): Promise<void> {
  const { artifactBundles, artifactReleases, artifactFiles, artifactUrls } = store.read.tables;
  const { checksum, dateCreated } = artifactBundles;
  const isOver = or(like(checksum, `${DELETED}%`), and(like(checksum, `${STAGED}%`), lt(dateCreated, before)));
  for await (const id of idsOf(store.read, "artifactBundles", isOver)) {
    await inBatches(store, async (tx) => {
      const some = tx.select({ id: artifactFiles.id }).from(artifactFiles).where(eq(artifactFiles.bundleId, id)).limit(FILES_AT_ONCE);
      return tx.delete(artifactFiles).where(inArray(artifactFiles.id, some)).returning({ id: artifactFiles.id });
    });
    await deleteUrls(store, eq(artifactUrls.bundleId, id));
    await store.transaction((tx) => tx.delete(artifactBundles).where(and(eq(artifactBundles.id, id), isOver)));
  }
  const isDropped = like(artifactReleases.version, `${DELETED_VERSION}%`);
  for await (const id of idsOf(store.read, "artifactReleases", isDropped)) {
    await deleteUrls(store, eq(artifactUrls.artifactReleaseId, id));
    await store.transaction((tx) => tx.delete(artifactReleases).where(eq(artifactReleases.id, id)));
  }
}

/** The ids of the rows of a table that fulfill a condition, of which some thousand are looked at in one statement. */
export async function* idsOf(
  db: Reader,
  name: "artifactBundles" | "artifactReleases" | "releaseArchives",
  condition: SQL | undefined,
): AsyncIterable<number> {
  const table = db.tables[name];
  const [last] = await db.select({ id: max(table.id) }).from(table);
  for (let after = 0; after < (last?.id ?? 0); after += ROWS_AT_ONCE) {
    const rows = await db
      .select({ id: table.id })
      .from(table)
      .where(and(gt(table.id, after), lte(table.id, after + ROWS_AT_ONCE), condition))
      .orderBy(asc(table.id));
    for (const { id } of rows) yield id;
    await setImmediate();
  }
}

/** Rows of one bundle or version, by their bundle and key. */
async function deleteUrls(store: Store, condition: SQL): Promise<void> {
  await inBatches(store, async (tx) => {
    const { artifactUrls } = tx.tables;
    const { artifactReleaseId, urlKey, bundleId } = artifactUrls;
    const rows = await tx.select({ artifactReleaseId, urlKey, bundleId }).from(artifactUrls).where(condition).limit(FILES_AT_ONCE);
    for (const [release, ofRelease] of Map.groupBy(rows, (row) => row.artifactReleaseId)) {
      for (const [bundle, keys] of Map.groupBy(ofRelease, (row) => row.bundleId)) {
        const among = inArray(
          urlKey,
          keys.map((row) => row.urlKey),
        );
        await tx.delete(artifactUrls).where(and(eq(artifactReleaseId, release), eq(bundleId, bundle), among));
      }
    }
    return rows;
  });
}

/** Runs a transaction that deletes or changes at most `FILES_AT_ONCE` rows again, until it finds fewer. */
export async function inBatches(store: Store, changeSome: (tx: Tx) => Promise<readonly unknown[]>): Promise<void> {
  for (let more = true; more;) {
    more = (await store.transaction(changeSome)).length === FILES_AT_ONCE;
    await setImmediate();
  }
}

/**
 * Takes bundles from a project. Those without another project are deleted, and the ids of their blobs are returned. What was assembled for
 * them is assembled again on the next request.
 */
export async function removeFromProject(tx: Tx, projectId: number, bundleIds: readonly number[]): Promise<number[]> {
  const { artifactBundles, artifactBundleProjects, assemblies } = tx.tables;
  const ids = [...bundleIds];
  await tx
    .delete(artifactBundleProjects)
    .where(and(eq(artifactBundleProjects.projectId, projectId), inArray(artifactBundleProjects.bundleId, ids)));
  await tx.delete(assemblies).where(inArray(assemblies.bundleId, ids));
  const unbound = await tx
    .select({ id: artifactBundles.id })
    .from(artifactBundles)
    .where(and(inArray(artifactBundles.id, ids), not(belongsToProject(tx))));
  return deleteBundles(
    tx,
    unbound.map((row) => row.id),
  );
}

const IDS_AT_ONCE = 5000;

/**
 * What bundles were uploaded for this version they are no longer for; those that were for nothing else go, and their bytes are swept. For a
 * release that is deleted.
 */
export async function deleteVersionArtifacts(
  tx: Tx,
  { organizationId, version }: { readonly organizationId: number; readonly version: string },
): Promise<void> {
  const { artifactReleases, artifactBundleReleases, artifactBundles } = tx.tables;
  const named = await tx
    .select({ id: artifactReleases.id, bundleId: artifactBundleReleases.bundleId })
    .from(artifactReleases)
    .leftJoin(artifactBundleReleases, eq(artifactBundleReleases.artifactReleaseId, artifactReleases.id))
    .where(and(eq(artifactReleases.organizationId, organizationId), eq(artifactReleases.version, version)));
  if (named.length === 0) return;
  await deleteArtifactReleases(tx, [...new Set(named.map((row) => row.id))]);
  const ids = [...new Set(named.flatMap((row) => row.bundleId ?? []))];
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    const other = tx
      .select({ one: sql`1` })
      .from(artifactBundleReleases)
      .where(eq(artifactBundleReleases.bundleId, artifactBundles.id));
    const without = await tx
      .select({ id: artifactBundles.id })
      .from(artifactBundles)
      .where(and(inArray(artifactBundles.id, ids.slice(start, start + IDS_AT_ONCE)), notExists(other)));
    await deleteBundles(
      tx,
      without.map((row) => row.id),
    );
  }
}
