import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { and, eq, notExists, sql, sum } from "drizzle-orm";
import { blobReferences } from "../../records/artifacts/blob-references.ts";

/**
 * Returns the bytes of those blobs that no artifact refers to. Chunks do not count as artifacts, because they are deleted within a day. A run
 * measures with it after each deletion; `previewRetention` predicts the same sum with `countReferences`, which a test compares.
 */
export async function freedBytes(db: Reader, blobIds: Iterable<number>): Promise<number> {
  const ids = [...new Set(blobIds)];
  if (ids.length === 0) return 0;
  const [row] = await selectFreed(db, { ids });
  return row?.bytes ?? 0;
}

/** Returns how many artifacts refer to each blob, and its size in bytes. */
export async function countReferences(
  db: Reader,
  blobIds: readonly number[],
): Promise<{ readonly id: number; readonly size: number; readonly references: number }[]> {
  return blobIds.length === 0 ? [] : selectReferences(db, { ids: blobIds });
}

/** The visible artifacts that refer to a blob. */
const artifactReferences = (db: Reader) =>
  blobReferences(db)
    .filter(({ kind }) => kind !== "chunk")
    .map(({ table, blobId, isVisible }) => ({ table, isReference: and(eq(blobId, db.tables.blobs.id), isVisible) }));

const selectFreed = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { blobs } = db.tables;
  const none = artifactReferences(db).map(({ table, isReference }) =>
    notExists(
      db
        .select({ one: sql`1` })
        .from(table)
        .where(isReference),
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
  const counts = artifactReferences(db).map(
    ({ table, isReference }) =>
      sql`(${db
        .select({ count: sql`count(*)` })
        .from(table)
        .where(isReference)})`,
  );
  return db
    .select({ id: blobs.id, size: blobs.size, references: sql<number>`${sql.join(counts, sql` + `)}`.mapWith(Number) })
    .from(blobs)
    .where(anyOf(blobs.id, param.ids))
    .prepare();
});
