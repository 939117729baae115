import { createHash } from "node:crypto";
import { BlobError, type BlobStore, sha256OfName, type StagedBlob } from "@landfall/db/blobs/blob-store";
import { anyOf } from "@landfall/db/sql/conditions";
import { jsonRows, type NewRow } from "@landfall/db/sql/insert-rows";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader, Store, Tx } from "@landfall/db/store";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { toAppError } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";

/** Bytes that are in the blob store for at least a day; `saveBlobs` makes their row. */
export type KeptBlob = { readonly sha256: string; readonly sha1: string; readonly size: number; readonly name: string };

/**
 * Keeps what was staged, each content once. A content that is there already keeps its name, but its bytes are replaced by these, which are
 * known to be whole: what was missing, truncated or damaged is so no more. `whole` names blobs whose bytes were read and compared just now.
 * To be called before the transaction that refers to the blobs. What nobody refers to in the end is swept. Throws `unavailable` when the blob store cannot be reached; nothing is left staged then.
 */
export async function keepBlobs(
  on: Pick<Context, "store" | "now">,
  staged: readonly StagedBlob[],
  { whole = NONE }: { readonly whole?: ReadonlySet<string> } = {},
): Promise<KeptBlob[]> {
  if (staged.length === 0) return [];
  try {
    return await keepEach(on, staged, whole);
  } catch (error) {
    await Promise.allSettled(staged.map((blob) => blob.discard()));
    throw toStorageError(error);
  }
}

const NONE: ReadonlySet<string> = new Set();

/** Ends what was staged and is refused. If the content is there already, though not whole, its bytes are replaced by these first. */
export async function repairOrDiscard({ store, blobs }: Pick<Context, "store" | "blobs">, staged: StagedBlob): Promise<void> {
  const { blobs: table } = store.read.tables;
  const [known] = await store.read.select().from(table).where(eq(table.sha256, staged.sha256));
  if (!known || (known.dateDamaged === null && (await blobs.sizeOf(known.name)) === known.size)) return staged.discard();
  await staged.keepAs(known.name);
  await store.transaction((tx) => tx.update(table).set({ dateDamaged: null }).where(eq(table.id, known.id)));
}

async function keepEach(
  { store, now }: Pick<Context, "store" | "now">,
  staged: readonly StagedBlob[],
  whole: ReadonlySet<string>,
): Promise<KeptBlob[]> {
  const known = await findKnown(store, staged, now());
  const once = new Map<string, Promise<KeptBlob>>();
  for (const blob of staged) {
    const { sha256, sha1, size } = blob;
    if (once.has(sha256)) {
      await blob.discard();
      continue;
    }
    const kept = (name: string): KeptBlob => ({ sha256, sha1, size, name });
    once.set(sha256, keepOne(blob, { known: known.get(sha256), whole }).then(kept));
  }
  return Promise.all(once.values());
}

/** Returns the name the bytes have. */
async function keepOne(
  blob: StagedBlob,
  { known, whole }: { readonly known: string | undefined; readonly whole: ReadonlySet<string> },
): Promise<string> {
  if (known === undefined) return blob.keep();
  if (whole.has(known)) await blob.discard();
  else await blob.keepAs(known);
  return known;
}

/** The names of blobs that are there, by sha256. They stay for another day; where none is, nothing waits for its turn to write. */
async function findKnown(store: Store, staged: readonly StagedBlob[], now: Date): Promise<ReadonlyMap<string, string>> {
  const sums = [...new Set(staged.map((blob) => blob.sha256))];
  const [known] = await selectKnown(store.read, { sums });
  const rows = known === undefined ? [] : await store.transaction((tx) => touchBlobs(tx, { sums, now }));
  return new Map(rows.map((row) => [row.sha256, row.name]));
}

const selectKnown = prepared((db: Reader, param: { sums: readonly string[] }) => {
  const { blobs } = db.tables;
  return db.select({ id: blobs.id }).from(blobs).where(anyOf(blobs.sha256, param.sums)).limit(1).prepare();
});

const touchBlobs = prepared((tx: Tx, param: { sums: readonly string[]; now: Date }) => {
  const { blobs } = tx.tables;
  return tx
    .update(blobs)
    .set({ dateLastUsed: sql`${sql.param(param.now, blobs.dateLastUsed)}` })
    .where(anyOf(blobs.sha256, param.sums))
    .returning({ sha256: blobs.sha256, name: blobs.name })
    .prepare();
});

/** Makes sure of the rows of kept blobs, which are chunks of an upload or artifacts; answers their ids by sha256. Of a content kept twice at once, the later one goes again. */
export async function saveBlobRows(
  tx: Tx,
  kept: readonly KeptBlob[],
  { blobs: store, now, isChunk = false }: { readonly blobs: BlobStore; readonly now: Date; readonly isChunk?: boolean },
): Promise<ReadonlyMap<string, number>> {
  if (kept.length === 0) return new Map();
  const made = kept.map((blob) => ({ ...blob, isChunk, dateDamaged: null, dateCreated: now, dateLastUsed: now }));
  const rows = await insertBlobs(tx, { rows: made });
  const bySum = new Map(rows.map((row) => [row.sha256, row]));
  for (const { sha256, name } of kept) {
    if (bySum.get(sha256)?.name !== name) tx.afterCommit(() => store.remove(name));
  }
  return new Map(rows.map((row) => [row.sha256, row.id]));
}

const BLOB_COLUMNS = ["name", "sha256", "sha1", "size", "isChunk", "dateDamaged", "dateCreated", "dateLastUsed"] as const;

const insertBlobs = prepared((tx: Tx, param: { rows: readonly NewRow<"blobs", typeof BLOB_COLUMNS>[] }) => {
  const { blobs } = tx.tables;
  return tx
    .insert(blobs)
    .select(jsonRows(tx, tx.tables.blobs, BLOB_COLUMNS, param.rows))
    .onConflictDoUpdate({
      target: blobs.sha256,
      set: { dateLastUsed: sql`excluded.date_last_used`, isChunk: sql`${blobs.isChunk} and excluded.is_chunk`, dateDamaged: null },
    })
    .returning({ id: blobs.id, sha256: blobs.sha256, name: blobs.name })
    .prepare();
});

export type BlobReference = { readonly name: string; readonly size: number };

/** Whether an error says that bytes of a blob are missing or not those that were stored. */
export const isDamage = (error: unknown): error is BlobError =>
  error instanceof BlobError && (error.code === "missing" || error.code === "damaged");

/**
 * Notes that the bytes of blobs are missing or damaged: an upload of the same content is no longer answered with what is there. Changes nothing
 * else; reading a blob looks at its bytes, not at this.
 */
export async function markDamaged(store: Store, names: readonly string[], now: Date): Promise<void> {
  if (names.length === 0) return;
  await store.transaction((tx) => {
    const { blobs } = tx.tables;
    return tx
      .update(blobs)
      .set({ dateDamaged: now })
      .where(and(inArray(blobs.name, [...names]), isNull(blobs.dateDamaged)));
  });
}

/** Throws a `BlobError`, `missing` or `damaged`, unless a blob is there with its size. */
export async function assertSize(blobs: BlobStore, { name, size }: BlobReference): Promise<void> {
  const found = await blobs.sizeOf(name);
  if (found === null) throw new BlobError("missing", `The blob ${name} is missing.`);
  if (found !== size) throw new BlobError("damaged", `The blob ${name} has ${found} bytes in place of ${size}.`);
}

/**
 * The bytes of a whole blob as they are read. After the last ones throws `damaged` if they are not as many as expected, or not those that the
 * name stands for.
 */
export async function* verifiedBytes(blobs: BlobStore, { name, size }: BlobReference): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let length = 0;
  for await (const part of blobs.read(name)) {
    length += part.length;
    if (length > size) break;
    hash.update(part);
    yield part;
  }
  if (length !== size) throw new BlobError("damaged", `The blob ${name} does not have ${size} bytes.`);
  if (hash.digest("hex") !== sha256OfName(name)) throw new BlobError("damaged", `The blob ${name} does not hold what its name says.`);
}

/** Whether a blob is there and whole: reads all of it. Throws what is not damage, such as `unreachable`. */
export async function isIntact(blobs: BlobStore, blob: BlobReference): Promise<boolean> {
  try {
    let bytes = 0;
    for await (const part of verifiedBytes(blobs, blob)) bytes += part.length;
    return bytes === blob.size;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

/** What is told of a failure of the blob store: `unavailable` or `storage_full` for trouble with it, the failure itself otherwise. */
export const toStorageError = (cause: unknown): unknown => toAppError(cause) ?? cause;
