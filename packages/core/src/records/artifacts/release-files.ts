import type { Reader, Store, Tx } from "@landfall/db/store";
import { and, asc, eq, gt, inArray, isNull, like, lt, lte, max, min, notExists, notInArray, or, type SQL, sql } from "drizzle-orm";
import { FILES_AT_ONCE, idsOf, inBatches } from "./delete-bundles.ts";

/**
 * The state of a release's archive: `staged` while its members are written, `dropped` while they are deleted. A dropped archive is never
 * shown again.
 */
type ArchiveState = "shown" | "staged" | "dropped";

export const isShownArchive = ({ tables: { releaseArchives } }: Reader): SQL => eq(releaseArchives.state, "shown");

/**
 * Whether a file of a release is shown, a single file or a member of an archive. It is hidden while its archive is staged or dropped, after
 * another archive replaced it, and after all files of the release were deleted. The statement reads three lists once each, which are nearly
 * always empty.
 */
export function isShownFile(db: Reader): SQL | undefined {
  const { releaseFiles, droppedFiles } = db.tables;
  const { archiveId, releaseId, id, isMember } = releaseFiles;
  const dropped = db.select({ id: droppedFiles.releaseId }).from(droppedFiles);
  const upTo = db.select({ id: droppedFiles.upToId }).from(droppedFiles).where(eq(droppedFiles.releaseId, releaseId));
  return and(
    or(isNull(archiveId), notInArray(archiveId, hiddenArchives(db))),
    isInPlace(db),
    or(isMember, notInArray(releaseId, dropped), gt(id, sql`(${upTo})`)),
  );
}

/** Whether a file was not replaced by an archive that is or was shown. */
export function isInPlace(db: Reader): SQL | undefined {
  const { replacedBy } = db.tables.releaseFiles;
  return or(eq(replacedBy, 0), inArray(replacedBy, hiddenArchives(db, "staged")));
}

/** Selects the ids of archives that are not shown. Repeats the condition of the partial index, so that SQLite uses it. */
function hiddenArchives(db: Reader, state?: Exclude<ArchiveState, "shown">) {
  const { releaseArchives } = db.tables;
  return db
    .select({ id: releaseArchives.id })
    .from(releaseArchives)
    .where(and(sql`${releaseArchives.state} <> 'shown'`, state === undefined ? undefined : eq(releaseArchives.state, state)));
}

/** The prefix of the checksums of dropped archives, and of archives whose staging was abandoned; no real checksum has it. */
const GIVEN_UP = "given up ";

/**
 * Deletes the files and archives of a release. If they have many rows, they are only hidden, and `sweepReleaseFiles` deletes their rows.
 * Staged archives are not deleted.
 */
export async function dropFiles(tx: Tx, releaseId: number): Promise<void> {
  const { releaseFiles, releaseArchives, droppedFiles } = tx.tables;
  const maxRows = 2 * FILES_AT_ONCE;
  const ofRelease = eq(releaseFiles.releaseId, releaseId);
  const found = await tx
    .select({ id: releaseFiles.id })
    .from(releaseFiles)
    .where(ofRelease)
    .limit(maxRows + 1);
  if (found.length <= maxRows) {
    const { archiveId } = releaseFiles;
    await tx.delete(releaseFiles).where(and(ofRelease, or(isNull(archiveId), inArray(archiveId, ofState(tx, releaseId, "settled")))));
    await tx.delete(releaseArchives).where(inArray(releaseArchives.id, ofState(tx, releaseId, "settled")));
    return;
  }
  const [last] = await tx.select({ id: max(releaseFiles.id) }).from(releaseFiles);
  await tx
    .insert(droppedFiles)
    .values({ releaseId, upToId: last?.id ?? 0 })
    .onConflictDoUpdate({ target: droppedFiles.releaseId, set: { upToId: sql`excluded.up_to_id` } });
  await dropArchives(tx, and(eq(releaseArchives.releaseId, releaseId), isShownArchive(tx)));
}

/** Abandons the staged archives of a release, so that none of them can be shown. */
export async function abandonStagedArchives(tx: Tx, releaseId: number): Promise<void> {
  const { releaseArchives } = tx.tables;
  await tx
    .update(releaseArchives)
    .set({ checksum: sql`${GIVEN_UP} || ${releaseArchives.id}` })
    .where(inArray(releaseArchives.id, ofState(tx, releaseId, "staged")));
}

/** Deletes archives that match `condition` and whose files are all deleted or replaced. Returns the ids of their blobs. */
export function dropEmptyArchives(tx: Tx, condition: SQL | undefined): Promise<number[]> {
  const { releaseFiles, releaseArchives } = tx.tables;
  const one = { one: sql`1` };
  const isOf = eq(releaseFiles.archiveId, releaseArchives.id);
  // Two subqueries, so that each of them only reads an index.
  const inPlace = tx
    .select(one)
    .from(releaseFiles)
    .where(and(isOf, eq(releaseFiles.replacedBy, 0)));
  const beingReplaced = tx
    .select(one)
    .from(releaseFiles)
    .where(and(isOf, inArray(releaseFiles.replacedBy, hiddenArchives(tx, "staged"))));
  return dropArchives(tx, and(condition, isShownArchive(tx), notExists(inPlace), notExists(beingReplaced)));
}

/** Hides archives, deletes their assemblies, and deletes the archives without member rows. Returns the ids of their blobs. */
async function dropArchives(tx: Tx, condition: SQL | undefined): Promise<number[]> {
  const { releaseFiles, releaseArchives, assemblies } = tx.tables;
  const dropped = await tx
    .update(releaseArchives)
    .set({ state: "dropped", checksum: sql`${GIVEN_UP} || ${releaseArchives.id}` })
    .where(condition)
    .returning({ id: releaseArchives.id, blobId: releaseArchives.blobId });
  if (dropped.length === 0) return [];
  const ids = dropped.map(({ id }) => id);
  await tx.delete(assemblies).where(inArray(assemblies.archiveId, ids));
  const left = tx
    .select({ one: sql`1` })
    .from(releaseFiles)
    .where(eq(releaseFiles.archiveId, releaseArchives.id));
  await tx.delete(releaseArchives).where(and(inArray(releaseArchives.id, ids), notExists(left)));
  return dropped.map(({ blobId }) => blobId);
}

/** Deletes hidden single files of this name and dist, so that another file can have them. */
export async function makeRoom(tx: Tx, { releaseId, ident }: { readonly releaseId: number; readonly ident: string }): Promise<void> {
  const { releaseFiles } = tx.tables;
  const found = and(eq(releaseFiles.releaseId, releaseId), eq(releaseFiles.isMember, false), eq(releaseFiles.ident, ident));
  await tx.delete(releaseFiles).where(and(found, sql`not (${isShownFile(tx)})`));
}

const ofState = (db: Reader, releaseId: number, state: "staged" | "settled") => {
  const { releaseArchives } = db.tables;
  const isStaged = eq(releaseArchives.state, "staged");
  return db
    .select({ id: releaseArchives.id })
    .from(releaseArchives)
    .where(and(eq(releaseArchives.releaseId, releaseId), state === "staged" ? isStaged : sql`not ${isStaged}`));
};

/**
 * Deletes the rows of hidden files and archives of releases, and of unfinished archives that were staged before `before`, in short
 * transactions.
 */
export async function sweepReleaseFiles(store: Store, before: Date): Promise<void> {
  const { releaseArchives, releaseFiles } = store.read.tables;
  const { state, checksum, dateCreated } = releaseArchives;
  const isGivenUp = and(eq(state, "staged"), or(like(checksum, `${GIVEN_UP}%`), lt(dateCreated, before)));
  for await (const id of idsOf(store.read, "releaseArchives", isGivenUp)) {
    // With this checksum, a process that is still staging the archive cannot show it.
    const abandoned = await store.transaction((tx) =>
      tx
        .update(releaseArchives)
        .set({ checksum: `${GIVEN_UP}${id}` })
        .where(and(eq(releaseArchives.id, id), isGivenUp))
        .returning({ id: releaseArchives.id }),
    );
    if (abandoned.length === 0) continue;
    await deleteFiles(store, eq(releaseFiles.archiveId, id));
    await clearReplacedBy(store, id);
    await store.transaction((tx) => tx.delete(releaseArchives).where(eq(releaseArchives.id, id)));
  }
  for await (const id of replacingArchives(store.read)) await deleteFiles(store, eq(releaseFiles.replacedBy, id));
  for await (const id of idsOf(store.read, "releaseArchives", eq(state, "dropped"))) {
    await deleteFiles(store, eq(releaseFiles.archiveId, id));
    await store.transaction((tx) => tx.delete(releaseArchives).where(eq(releaseArchives.id, id)));
  }
  await deleteDroppedFiles(store);
}

const deleteFiles = (store: Store, condition: SQL | undefined): Promise<void> =>
  inBatches(store, async (tx) => {
    const { releaseFiles } = tx.tables;
    const batch = tx.select({ id: releaseFiles.id }).from(releaseFiles).where(condition).limit(FILES_AT_ONCE);
    return tx
      .delete(releaseFiles)
      .where(and(inArray(releaseFiles.id, batch), condition))
      .returning({ id: releaseFiles.id });
  });

/** Keeps the files that an abandoned archive would have replaced. */
const clearReplacedBy = (store: Store, archiveId: number): Promise<void> =>
  inBatches(store, async (tx) => {
    const { releaseFiles } = tx.tables;
    const isReplaced = eq(releaseFiles.replacedBy, archiveId);
    const batch = tx.select({ id: releaseFiles.id }).from(releaseFiles).where(isReplaced).limit(FILES_AT_ONCE);
    return tx
      .update(releaseFiles)
      .set({ replacedBy: 0 })
      .where(and(inArray(releaseFiles.id, batch), isReplaced))
      .returning({ id: releaseFiles.id });
  });

/** Yields the ids of archives that replaced files whose rows still exist. */
async function* replacingArchives(db: Reader): AsyncIterable<number> {
  const { replacedBy } = db.tables.releaseFiles;
  for (let after = 0; ;) {
    const [next] = await db
      .select({ id: min(replacedBy) })
      .from(db.tables.releaseFiles)
      .where(and(gt(replacedBy, after), notInArray(replacedBy, hiddenArchives(db, "staged"))));
    if (!next?.id) return;
    after = next.id;
    yield after;
  }
}

async function deleteDroppedFiles(store: Store): Promise<void> {
  const { droppedFiles, releaseFiles } = store.read.tables;
  const dropped = await store.read.select().from(droppedFiles).orderBy(asc(droppedFiles.releaseId));
  for (const { releaseId, upToId } of dropped) {
    const { releaseId: release, id, isMember } = releaseFiles;
    await deleteFiles(store, and(eq(release, releaseId), eq(isMember, false), lte(id, upToId)));
    // All files of the release may have been dropped again in the meantime, with another `upToId`.
    const isUnchanged = and(eq(droppedFiles.releaseId, releaseId), eq(droppedFiles.upToId, upToId));
    await store.transaction((tx) => tx.delete(droppedFiles).where(isUnchanged));
  }
}
