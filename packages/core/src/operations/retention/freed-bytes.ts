import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { and, eq, notExists, sql, sum } from "drizzle-orm";
import { belongsToProject } from "../../records/artifacts/delete-bundles.ts";
import { isShownArchive, isShownFile } from "../../records/artifacts/release-files.ts";

/** The bytes of those of these blobs that no artifact refers to. Chunks count for nothing: they go within a day. */
export async function freedBytes(db: Reader, blobIds: Iterable<number>): Promise<number> {
  const ids = [...new Set(blobIds)];
  if (ids.length === 0) return 0;
  const [row] = await selectFreed(db, { ids });
  return row?.bytes ?? 0;
}

/** How many artifacts refer to each of these blobs, and its size. */
export async function countReferences(
  db: Reader,
  blobIds: readonly number[],
): Promise<{ readonly id: number; readonly size: number; readonly references: number }[]> {
  return blobIds.length === 0 ? [] : selectReferences(db, { ids: blobIds });
}

/** What refers to blobs, except chunks and what is being written or deleted. Each of these columns has an index. */
const references = (db: Reader) => {
  const { blobs, releaseFiles, releaseArchives, artifactBundles } = db.tables;
  return [
    { table: releaseFiles, refers: and(eq(releaseFiles.blobId, blobs.id), isShownFile(db)) },
    { table: releaseArchives, refers: and(eq(releaseArchives.blobId, blobs.id), isShownArchive(db)) },
    { table: artifactBundles, refers: and(eq(artifactBundles.blobId, blobs.id), belongsToProject(db)) },
  ];
};

const selectFreed = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { blobs } = db.tables;
  const none = references(db).map(({ table, refers }) =>
    notExists(
      db
        .select({ one: sql`1` })
        .from(table)
        .where(refers),
    ),
  );
  return db
    .select({ bytes: sum(blobs.size).mapWith(Number) })
    .from(blobs)
    .where(and(anyOf(blobs.id, param.ids), ...none))
    .prepare();
});

const selectReferences = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { blobs } = db.tables;
  const counts = references(db).map(
    ({ table, refers }) =>
      sql`(${db
        .select({ count: sql`count(*)` })
        .from(table)
        .where(refers)})`,
  );
  return db
    .select({ id: blobs.id, size: blobs.size, references: sql<number>`${sql.join(counts, sql` + `)}`.mapWith(Number) })
    .from(blobs)
    .where(anyOf(blobs.id, param.ids))
    .prepare();
});
