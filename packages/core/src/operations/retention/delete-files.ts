import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader, Tx } from "@landfall/db/store";
import { and, count, inArray, isNotNull } from "drizzle-orm";
import { dropEmptyArchives, isShownArchive, isShownFile } from "../../records/artifacts/release-files.ts";

/** The most files that one transaction deletes, which takes some ten milliseconds. */
export const FILES_AT_ONCE = 500;

/**
 * Deletes at most `FILES_AT_ONCE` files of releases, and the archives that have no files left. Returns the number of files, and the ids of the
 * blobs that were referred to.
 */
export async function deleteFiles(
  tx: Tx,
  releaseIds: readonly number[],
): Promise<{ readonly files: number; readonly blobIds: readonly number[] }> {
  const { releaseFiles, releaseArchives } = tx.tables;
  const ids = [...releaseIds];
  const batch = tx
    .select({ id: releaseFiles.id })
    .from(releaseFiles)
    .where(and(inArray(releaseFiles.releaseId, ids), isShownFile(tx)))
    .limit(FILES_AT_ONCE);
  const files = await tx.delete(releaseFiles).where(inArray(releaseFiles.id, batch)).returning({ blobId: releaseFiles.blobId });
  const archives = await dropEmptyArchives(tx, inArray(releaseArchives.releaseId, ids));
  return { files: files.length, blobIds: [...files.flatMap(({ blobId }) => blobId ?? []), ...archives] };
}

/** Returns how many files releases have, by release id. */
export async function countFilesOf(db: Reader, releaseIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
  if (releaseIds.length === 0) return new Map();
  return new Map((await selectCounts(db, { ids: releaseIds })).map((row) => [row.releaseId, row.files]));
}

/** Returns the blobs that files and archives of releases refer to, with the number of references of each release. */
export async function findBlobsOf(
  db: Reader,
  releaseIds: readonly number[],
): Promise<{ readonly releaseId: number; readonly blobId: number; readonly references: number }[]> {
  if (releaseIds.length === 0) return [];
  const files = await selectFileBlobs(db, { ids: releaseIds });
  const archives = await selectArchiveBlobs(db, { ids: releaseIds });
  return [...files, ...archives].map(({ blobId, ...row }) => ({ ...row, blobId: blobId ?? 0 }));
}

const selectCounts = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { releaseFiles } = db.tables;
  return db
    .select({ releaseId: releaseFiles.releaseId, files: count() })
    .from(releaseFiles)
    .where(and(anyOf(releaseFiles.releaseId, param.ids), isShownFile(db)))
    .groupBy(releaseFiles.releaseId)
    .prepare();
});

const selectFileBlobs = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { releaseId, blobId } = db.tables.releaseFiles;
  return db
    .select({ releaseId, blobId, references: count() })
    .from(db.tables.releaseFiles)
    .where(and(anyOf(releaseId, param.ids), isNotNull(blobId), isShownFile(db)))
    .groupBy(releaseId, blobId)
    .prepare();
});

const selectArchiveBlobs = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { releaseId, blobId } = db.tables.releaseArchives;
  return db
    .select({ releaseId, blobId, references: count() })
    .from(db.tables.releaseArchives)
    .where(and(anyOf(releaseId, param.ids), isShownArchive(db)))
    .groupBy(releaseId, blobId)
    .prepare();
});
