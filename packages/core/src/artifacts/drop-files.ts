import type { Reader, Tx } from "@landfall/db/store";
import { and, eq, inArray, isNull, max, notExists, or, type SQL, sql } from "drizzle-orm";
import { FILES_AT_ONCE } from "./hidden-bundles.ts";
import { hiddenArchives, isShownArchive, isShownFile } from "./shown-files.ts";

/** No archive has this checksum: of those that are dropped, and those whose staging was given up. */
export const GIVEN_UP = "given up ";

/**
 * Deletes the files and archives of a release. If they have many rows, they are only hidden, and `sweepReleaseFiles` deletes their rows. An
 * archive that is being staged stays.
 */
export async function dropFiles(tx: Tx, releaseId: number): Promise<void> {
  const { releaseFiles, releaseArchives, droppedFiles } = tx.tables;
  const most = 2 * FILES_AT_ONCE;
  const ofRelease = eq(releaseFiles.releaseId, releaseId);
  const some = await tx
    .select({ id: releaseFiles.id })
    .from(releaseFiles)
    .where(ofRelease)
    .limit(most + 1);
  if (some.length <= most) {
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

/** Ends the staging of this release's archives: none of them is shown any more. */
export async function giveUpStaged(tx: Tx, releaseId: number): Promise<void> {
  const { releaseArchives } = tx.tables;
  await tx
    .update(releaseArchives)
    .set({ checksum: sql`${GIVEN_UP} || ${releaseArchives.id}` })
    .where(inArray(releaseArchives.id, ofState(tx, releaseId, "staged")));
}

/** Deletes those of these archives whose files are all gone or replaced, and returns the ids of their blobs. */
export function dropEmptyArchives(tx: Tx, condition: SQL | undefined): Promise<number[]> {
  const { releaseFiles, releaseArchives } = tx.tables;
  const one = { one: sql`1` };
  const isOf = eq(releaseFiles.archiveId, releaseArchives.id);
  // In two parts, each of which is a look at an index.
  const inPlace = tx
    .select(one)
    .from(releaseFiles)
    .where(and(isOf, eq(releaseFiles.replacedBy, 0)));
  const nearlyReplaced = tx
    .select(one)
    .from(releaseFiles)
    .where(and(isOf, inArray(releaseFiles.replacedBy, hiddenArchives(tx, "staged"))));
  return dropArchives(tx, and(condition, isShownArchive(tx), notExists(inPlace), notExists(nearlyReplaced)));
}

/** Hides archives, deletes the assemblies that made them, and deletes those archives that have no rows. Returns the ids of their blobs. */
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

/** Deletes single files of this name and dist that are not shown any more: their place is needed. */
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
