import type { BlobStore, StagedBlob } from "@landfall/db/blobs/blob-store";
import type { Tx } from "@landfall/db/store";
import { inArray } from "drizzle-orm";
import type { Context } from "../context.ts";

/** Bytes that are in the blob store for at least a day; `saveBlobs` makes their row. */
export type KeptBlob = { readonly sha256: string; readonly sha1: string; readonly size: number; readonly name: string };

/**
 * Keeps what was staged, each content once, and uses what is there already. To be called before the transaction that refers to the blobs.
 * What nobody refers to in the end is swept.
 */
export async function keepBlobs({ store, now }: Pick<Context, "store" | "now">, staged: readonly StagedBlob[]): Promise<KeptBlob[]> {
  if (staged.length === 0) return [];
  const known = await store.transaction((tx) => touchBlobs(tx, staged, now()));
  const once = new Map<string, Promise<KeptBlob>>();
  for (const blob of staged) {
    const { sha256, sha1, size } = blob;
    const name = known.get(sha256);
    if (name === undefined && !once.has(sha256)) {
      once.set(
        sha256,
        blob.keep().then((made) => ({ sha256, sha1, size, name: made })),
      );
      continue;
    }
    await blob.discard();
    if (name !== undefined) once.set(sha256, Promise.resolve({ sha256, sha1, size, name }));
  }
  return Promise.all(once.values());
}

/** Blobs that are there stay for another day; answers their names by sha256. */
async function touchBlobs(tx: Tx, staged: readonly StagedBlob[], now: Date): Promise<ReadonlyMap<string, string>> {
  const { blobs } = tx.tables;
  const sums = [...new Set(staged.map((blob) => blob.sha256))];
  const rows = await tx
    .update(blobs)
    .set({ dateLastUsed: now })
    .where(inArray(blobs.sha256, sums))
    .returning({ sha256: blobs.sha256, name: blobs.name });
  return new Map(rows.map((row) => [row.sha256, row.name]));
}

/** Makes sure of the rows of kept blobs; answers their ids by sha256. Of a content kept twice at once, the later one goes again. */
export async function saveBlobs(
  tx: Tx,
  kept: readonly KeptBlob[],
  { blobs: store, now }: { readonly blobs: BlobStore; readonly now: Date },
): Promise<ReadonlyMap<string, number>> {
  if (kept.length === 0) return new Map();
  const { blobs } = tx.tables;
  const rows = await tx
    .insert(blobs)
    .values(kept.map((blob) => ({ ...blob, dateCreated: now, dateLastUsed: now })))
    .onConflictDoUpdate({ target: blobs.sha256, set: { dateLastUsed: now } })
    .returning({ id: blobs.id, sha256: blobs.sha256, name: blobs.name });
  const bySum = new Map(rows.map((row) => [row.sha256, row]));
  for (const { sha256, name } of kept) {
    if (bySum.get(sha256)?.name !== name) tx.afterCommit(() => store.remove(name));
  }
  return new Map(rows.map((row) => [row.sha256, row.id]));
}
