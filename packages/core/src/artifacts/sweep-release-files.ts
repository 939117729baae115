import type { Reader, Store } from "@landfall/db/store";
import { and, asc, eq, gt, inArray, like, lt, lte, min, notInArray, or, type SQL } from "drizzle-orm";
import { GIVEN_UP } from "./drop-files.ts";
import { FILES_AT_ONCE, idsOf, inBatches } from "./hidden-bundles.ts";
import { hiddenArchives } from "./shown-files.ts";

/**
 * Deletes the rows of files and archives of releases that are not shown any more, and of archives staged before `before` that were never
 * finished, each in short transactions.
 */
export async function sweepReleaseFiles(store: Store, before: Date): Promise<void> {
  const { releaseArchives, releaseFiles } = store.read.tables;
  const { state, checksum, dateCreated } = releaseArchives;
  const isGivenUp = and(eq(state, "staged"), or(like(checksum, `${GIVEN_UP}%`), lt(dateCreated, before)));
  for await (const id of idsOf(store.read, "releaseArchives", isGivenUp)) {
    // A process that is still staging it can no longer show it.
    const given = await store.transaction((tx) =>
      tx
        .update(releaseArchives)
        .set({ checksum: `${GIVEN_UP}${id}` })
        .where(and(eq(releaseArchives.id, id), isGivenUp))
        .returning({ id: releaseArchives.id }),
    );
    if (given.length === 0) continue;
    await deleteFiles(store, eq(releaseFiles.archiveId, id));
    await putBack(store, id);
    await store.transaction((tx) => tx.delete(releaseArchives).where(eq(releaseArchives.id, id)));
  }
  for await (const id of replacing(store.read)) await deleteFiles(store, eq(releaseFiles.replacedBy, id));
  for await (const id of idsOf(store.read, "releaseArchives", eq(state, "dropped"))) {
    await deleteFiles(store, eq(releaseFiles.archiveId, id));
    await store.transaction((tx) => tx.delete(releaseArchives).where(eq(releaseArchives.id, id)));
  }
  await deleteDroppedFiles(store);
}

const deleteFiles = (store: Store, condition: SQL | undefined): Promise<void> =>
  inBatches(store, async (tx) => {
    const { releaseFiles } = tx.tables;
    const some = tx.select({ id: releaseFiles.id }).from(releaseFiles).where(condition).limit(FILES_AT_ONCE);
    return tx
      .delete(releaseFiles)
      .where(and(inArray(releaseFiles.id, some), condition))
      .returning({ id: releaseFiles.id });
  });

/** Files that were to be replaced by an archive stay. */
const putBack = (store: Store, archiveId: number): Promise<void> =>
  inBatches(store, async (tx) => {
    const { releaseFiles } = tx.tables;
    const isReplaced = eq(releaseFiles.replacedBy, archiveId);
    const some = tx.select({ id: releaseFiles.id }).from(releaseFiles).where(isReplaced).limit(FILES_AT_ONCE);
    return tx
      .update(releaseFiles)
      .set({ replacedBy: 0 })
      .where(and(inArray(releaseFiles.id, some), isReplaced))
      .returning({ id: releaseFiles.id });
  });

/** The archives that have replaced files whose rows are still there. */
async function* replacing(db: Reader): AsyncIterable<number> {
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
    // All files of the release may have been dropped again meanwhile.
    const same = and(eq(droppedFiles.releaseId, releaseId), eq(droppedFiles.upToId, upToId));
    await store.transaction((tx) => tx.delete(droppedFiles).where(same));
  }
}
