import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { and, eq, sql } from "drizzle-orm";

export type ChunkBlob = { readonly name: string; readonly size: number };

/** The bytes behind an organization's chunks, by sha1; a chunk that is not here is left out. */
export async function findChunkBlobs(db: Reader, organizationId: number, sums: readonly string[]): Promise<ReadonlyMap<string, ChunkBlob>> {
  const rows = await selectChunkBlobs(db, { organizationId, sums: JSON.stringify(sums) });
  return new Map(rows.map(({ sha1, ...chunk }) => [sha1, chunk]));
}

const selectChunkBlobs = prepared((db: Reader) => {
  const { chunks, blobs } = db.tables;
  return db
    .select({ sha1: chunks.sha1, name: blobs.name, size: chunks.size })
    .from(chunks)
    .innerJoin(blobs, eq(blobs.id, chunks.blobId))
    .where(and(eq(chunks.organizationId, sql.placeholder("organizationId")), anyOf(chunks.sha1, "sums")))
    .prepare();
});
