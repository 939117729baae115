import { anyOf } from "@landfall/db/any-of";
import type { BlobStore, StagedBlob } from "@landfall/db/blobs/blob-store";
import { jsonRows } from "@landfall/db/json-rows";
import { prepared } from "@landfall/db/prepared";
import type { Reader, Store, Tx } from "@landfall/db/store";
import { sql } from "drizzle-orm";
import type { Context } from "../context.ts";
import { blobsUnavailable } from "./blobs-unavailable.ts";

/** Bytes that are in the blob store for at least a day; `saveBlobs` makes their row. */
export type KeptBlob = { readonly sha256: string; readonly sha1: string; readonly size: number; readonly name: string };

/**
 * Keeps what was staged, each content once, and uses what is there already. To be called before the transaction that refers to the blobs.
 * What nobody refers to in the end is swept. Throws `unavailable` when the blob store cannot be reached; nothing is left staged then.
 */
export async function keepBlobs(on: Pick<Context, "store" | "now">, staged: readonly StagedBlob[]): Promise<KeptBlob[]> {
  if (staged.length === 0) return [];
  try {
    return await keepEach(on, staged);
  } catch (error) {
    await Promise.allSettled(staged.map((blob) => blob.discard()));
    throw blobsUnavailable(error);
  }
}

async function keepEach({ store, now }: Pick<Context, "store" | "now">, staged: readonly StagedBlob[]): Promise<KeptBlob[]> {
  const known = await findKnown(store, staged, now());
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

/** The names of blobs that are there, by sha256. They stay for another day; where none is, nothing waits for its turn to write. */
async function findKnown(store: Store, staged: readonly StagedBlob[], now: Date): Promise<ReadonlyMap<string, string>> {
  const sums = JSON.stringify([...new Set(staged.map((blob) => blob.sha256))]);
  const [known] = await selectKnown(store.read, { sums });
  const rows = known === undefined ? [] : await store.transaction((tx) => touchBlobs(tx, { sums, now }));
  return new Map(rows.map((row) => [row.sha256, row.name]));
}

const selectKnown = prepared((db: Reader) => {
  const { blobs } = db.tables;
  return db.select({ id: blobs.id }).from(blobs).where(anyOf(blobs.sha256, "sums")).limit(1).prepare();
});

const touchBlobs = prepared((tx: Tx) => {
  const { blobs } = tx.tables;
  return tx
    .update(blobs)
    .set({ dateLastUsed: sql`${sql.param(sql.placeholder("now"), blobs.dateLastUsed)}` })
    .where(anyOf(blobs.sha256, "sums"))
    .returning({ sha256: blobs.sha256, name: blobs.name })
    .prepare();
});

/** Makes sure of the rows of kept blobs; answers their ids by sha256. Of a content kept twice at once, the later one goes again. */
export async function saveBlobs(
  tx: Tx,
  kept: readonly KeptBlob[],
  { blobs: store, now }: { readonly blobs: BlobStore; readonly now: Date },
): Promise<ReadonlyMap<string, number>> {
  if (kept.length === 0) return new Map();
  const rows = await insertBlobs(tx, { rows: blobRows(tx).encode(kept.map((blob) => ({ ...blob, dateCreated: now, dateLastUsed: now }))) });
  const bySum = new Map(rows.map((row) => [row.sha256, row]));
  for (const { sha256, name } of kept) {
    if (bySum.get(sha256)?.name !== name) tx.afterCommit(() => store.remove(name));
  }
  return new Map(rows.map((row) => [row.sha256, row.id]));
}

const blobRows = (tx: Tx) => jsonRows(tx, tx.tables.blobs, ["name", "sha256", "sha1", "size", "dateCreated", "dateLastUsed"]);

const insertBlobs = prepared((tx: Tx) => {
  const { blobs } = tx.tables;
  return tx
    .insert(blobs)
    .select(blobRows(tx).select)
    .onConflictDoUpdate({ target: blobs.sha256, set: { dateLastUsed: sql`excluded.date_last_used` } })
    .returning({ id: blobs.id, sha256: blobs.sha256, name: blobs.name })
    .prepare();
});
