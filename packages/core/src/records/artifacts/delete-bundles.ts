import { setImmediate } from "node:timers/promises";
import type { Reader, Store, Tx } from "@landfall/db/store";
import { and, asc, count, eq, exists, inArray, like, lt, not, notExists, or, type SQL, sql } from "drizzle-orm";
import { idRanges, inRange, ROWS_PER_STATEMENT } from "./id-ranges.ts";

/** The most files of bundles that are written or deleted in one transaction, which takes some tens of milliseconds. */
export const FILES_AT_ONCE = 2000;

// A bundle is visible if it belongs to a project. The URLs of a version and dist are visible if `artifact_bundle_releases` has the bundle.
// A bundle or version that is written or deleted in several transactions has neither, and one of these prefixes in its checksum or version.
const STAGED = "staged ";

const DELETED = "deleted ";

/** Real versions contain no line break. */
const DELETED_VERSION = "\n";

/** Returns the checksum of a bundle or archive that is being written. */
export const stagedChecksum = (random: string): string => `${STAGED}${random}`;

/** Whether a bundle belongs to a project. A bundle without one is being written or deleted. */
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
 * Deletes bundles and returns the ids of their blobs. Bundles with many rows are only hidden, and `sweepBundles` deletes their rows.
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
  // Each file has one row, and one more for its URL in each version.
  const rows = sizes.reduce((total, { id, files }) => total + files * (1 + (versions.get(id) ?? 0)), 0);
  if (rows <= 2 * FILES_AT_ONCE) {
    const deleted = await tx.delete(artifactBundles).where(these).returning({ blobId: artifactBundles.blobId });
    return deleted.map((row) => row.blobId);
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

/** Hides versions of artifacts. `sweepBundles` deletes their rows, of which there is one for each URL of each bundle. */
export async function deleteArtifactReleases(tx: Tx, ids: readonly number[]): Promise<void> {
  const { artifactReleases, artifactBundleReleases } = tx.tables;
  await tx
    .update(artifactReleases)
    .set({ version: sql`${DELETED_VERSION} || ${artifactReleases.id}` })
    .where(inArray(artifactReleases.id, [...ids]));
  await tx.delete(artifactBundleReleases).where(inArray(artifactBundleReleases.artifactReleaseId, [...ids]));
}

/**
 * Deletes the rows of deleted bundles and versions, and of unfinished bundles that were staged before `before`, in short transactions.
 */
export async function sweepBundles(store: Store, before: Date): Promise<void> {
  const { artifactBundles, artifactReleases, artifactFiles, artifactUrls } = store.read.tables;
  const { checksum, dateCreated } = artifactBundles;
  const isOver = or(like(checksum, `${DELETED}%`), and(like(checksum, `${STAGED}%`), lt(dateCreated, before)));
  for await (const id of idsOf(store.read, "artifactBundles", isOver)) {
    await inBatches(store, async (tx) => {
      const batch = tx.select({ id: artifactFiles.id }).from(artifactFiles).where(eq(artifactFiles.bundleId, id)).limit(FILES_AT_ONCE);
      return tx.delete(artifactFiles).where(inArray(artifactFiles.id, batch)).returning({ id: artifactFiles.id });
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

/** Yields the ids of the rows of a table that match a condition. */
export async function* idsOf(
  db: Reader,
  name: "artifactBundles" | "artifactReleases" | "releaseArchives",
  condition: SQL | undefined,
): AsyncIterable<number> {
  const table = db.tables[name];
  for await (const range of idRanges(db, name)) {
    const rows = await db
      .select({ id: table.id })
      .from(table)
      .where(and(inRange(table.id, range), condition))
      .orderBy(asc(table.id));
    for (const { id } of rows) yield id;
  }
}

/** Deletes the URLs of one bundle or version, by their primary key. */
async function deleteUrls(store: Store, condition: SQL): Promise<void> {
  await inBatches(store, async (tx) => {
    const { artifactUrls } = tx.tables;
    const { artifactReleaseId, urlKey, bundleId } = artifactUrls;
    const rows = await tx.select({ artifactReleaseId, urlKey, bundleId }).from(artifactUrls).where(condition).limit(FILES_AT_ONCE);
    for (const [release, ofRelease] of Map.groupBy(rows, (row) => row.artifactReleaseId)) {
      for (const [bundle, keys] of Map.groupBy(ofRelease, (row) => row.bundleId)) {
        const hasKey = inArray(
          urlKey,
          keys.map((row) => row.urlKey),
        );
        await tx.delete(artifactUrls).where(and(eq(artifactReleaseId, release), eq(bundleId, bundle), hasKey));
      }
    }
    return rows;
  });
}

/** Repeats a transaction that deletes or changes at most `FILES_AT_ONCE` rows, until it finds fewer. */
export async function inBatches(store: Store, changeBatch: (tx: Tx) => Promise<readonly unknown[]>): Promise<void> {
  for (let more = true; more;) {
    more = (await store.transaction(changeBatch)).length === FILES_AT_ONCE;
    await setImmediate();
  }
}

/**
 * Removes bundles from a project. Bundles without another project are deleted; returns the ids of their blobs. Also deletes the assemblies of
 * the bundles, so that a later upload of the same bundle is assembled again.
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

/** Removes a deleted release's version from bundles. Bundles that were uploaded for no other version are deleted, and their bytes are swept. */
export async function deleteVersionArtifacts(
  tx: Tx,
  { organizationId, version }: { readonly organizationId: number; readonly version: string },
): Promise<void> {
  const { artifactReleases, artifactBundleReleases, artifactBundles } = tx.tables;
  const rows = await tx
    .select({ id: artifactReleases.id, bundleId: artifactBundleReleases.bundleId })
    .from(artifactReleases)
    .leftJoin(artifactBundleReleases, eq(artifactBundleReleases.artifactReleaseId, artifactReleases.id))
    .where(and(eq(artifactReleases.organizationId, organizationId), eq(artifactReleases.version, version)));
  if (rows.length === 0) return;
  await deleteArtifactReleases(tx, [...new Set(rows.map((row) => row.id))]);
  const ids = [...new Set(rows.flatMap((row) => row.bundleId ?? []))];
  for (let start = 0; start < ids.length; start += ROWS_PER_STATEMENT) {
    const other = tx
      .select({ one: sql`1` })
      .from(artifactBundleReleases)
      .where(eq(artifactBundleReleases.bundleId, artifactBundles.id));
    const without = await tx
      .select({ id: artifactBundles.id })
      .from(artifactBundles)
      .where(and(inArray(artifactBundles.id, ids.slice(start, start + ROWS_PER_STATEMENT)), notExists(other)));
    await deleteBundles(
      tx,
      without.map((row) => row.id),
    );
  }
}
