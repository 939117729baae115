import { createHash } from "node:crypto";
import { BlobError, type BlobStore, sha256OfName, type StagedBlob } from "@landfall/db/blobs/blob-store";
import { anyOf } from "@landfall/db/sql/conditions";
import { jsonRows, type NewRow } from "@landfall/db/sql/insert-rows";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader, Store, Tx } from "@landfall/db/store";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { toAppError } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";

/** The name of a blob in the blob store, and its size in bytes. */
export type BlobReference = { readonly name: string; readonly size: number };

/** How many blobs, and how many bytes together. */
export type BlobAmount = { readonly count: number; readonly bytes: number };

/** Adds a blob to an amount. */
export function countBlob(amount: { count: number; bytes: number }, { size }: Pick<BlobReference, "size">): void {
  amount.count += 1;
  amount.bytes += size;
}

/** Returns how many blobs these are, and how many bytes together. */
export function amountOf(blobs: readonly Pick<BlobReference, "size">[]): BlobAmount {
  const amount = { count: 0, bytes: 0 };
  for (const blob of blobs) countBlob(amount, blob);
  return amount;
}

/** A blob that stays in the blob store for at least a day; `saveBlobRows` inserts its row. */
export type KeptBlob = BlobReference & { readonly sha256: string; readonly sha1: string };

/**
 * Stores staged blobs, each content once. If the content already exists, it keeps its name and its bytes are replaced, which repairs a blob
 * that is missing, truncated or damaged. `intact` names blobs whose bytes were just read and verified. Call it before the transaction that
 * refers to the blobs; blobs without a reference are swept later. Throws `unavailable` if the blob store cannot be reached; nothing stays
 * staged then.
 */
export async function keepBlobs(
  on: Pick<Context, "store" | "now">,
  staged: readonly StagedBlob[],
  { intact = NONE }: { readonly intact?: ReadonlySet<string> } = {},
): Promise<KeptBlob[]> {
  if (staged.length === 0) return [];
  try {
    return await keepEach(on, staged, intact);
  } catch (error) {
    await Promise.allSettled(staged.map((blob) => blob.discard()));
    throw toStorageError(error);
  }
}

const NONE: ReadonlySet<string> = new Set();

/** Discards a staged blob that was rejected. If the same content is stored but damaged, the staged bytes replace it first. */
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
  intact: ReadonlySet<string>,
): Promise<KeptBlob[]> {
  const known = await findKnown(store, staged, now());
  const bySum = new Map<string, Promise<KeptBlob>>();
  for (const blob of staged) {
    const { sha256, sha1, size } = blob;
    if (bySum.has(sha256)) {
      await blob.discard();
      continue;
    }
    const toKept = (name: string): KeptBlob => ({ sha256, sha1, size, name });
    bySum.set(sha256, keepOne(blob, { known: known.get(sha256), intact }).then(toKept));
  }
  return Promise.all(bySum.values());
}

/** Returns the name of the blob in the store. `known` is the name of a blob with the same content. */
async function keepOne(
  blob: StagedBlob,
  { known, intact }: { readonly known: string | undefined; readonly intact: ReadonlySet<string> },
): Promise<string> {
  if (known === undefined) return blob.keep();
  if (intact.has(known)) await blob.discard();
  else await blob.keepAs(known);
  return known;
}

/** Returns the names of blobs with the same content, by sha256, and protects them from the sweep for a day. Writes only if there are some. */
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

/**
 * Inserts or updates the rows of kept blobs, and returns their ids by sha256. If the same content was stored twice at the same time, the
 * second copy is removed from the blob store after the commit.
 */
export async function saveBlobRows(
  tx: Tx,
  kept: readonly KeptBlob[],
  { blobs: store, now, isChunk = false }: { readonly blobs: BlobStore; readonly now: Date; readonly isChunk?: boolean },
): Promise<ReadonlyMap<string, number>> {
  if (kept.length === 0) return new Map();
  const values = kept.map((blob) => ({ ...blob, isChunk, dateDamaged: null, dateCreated: now, dateLastUsed: now }));
  const rows = await insertBlobs(tx, { rows: values });
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

/** Whether an error reports that a blob is missing or damaged. */
export const isDamage = (error: unknown): error is BlobError =>
  error instanceof BlobError && (error.code === "missing" || error.code === "damaged");

/**
 * Marks blobs as missing or damaged, so that clients are asked to upload the same content again. Reads are not affected: they verify the bytes
 * themselves.
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

/** @throws `BlobError` `missing` or `damaged`, unless a blob exists with its size. */
export async function assertSize(blobs: BlobStore, { name, size }: BlobReference): Promise<void> {
  const found = await blobs.sizeOf(name);
  if (found === null) throw new BlobError("missing", `The blob ${name} is missing.`);
  if (found !== size) throw new BlobError("damaged", wrongSize({ name, size }, found));
}

/** The problem of a blob whose size in bytes is `found`. */
export const wrongSize = ({ name, size }: BlobReference, found: number): string =>
  `The blob ${name} has ${found} bytes instead of ${size}.`;

/** The problem of a blob whose content does not have the checksum in its name. */
export const wrongContent = (name: string): string => `The blob ${name} does not match its checksum.`;

/** Reads a whole blob. After the last bytes it throws `BlobError` `damaged` if the size or the checksum in the name does not match. */
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
  if (hash.digest("hex") !== sha256OfName(name)) throw new BlobError("damaged", wrongContent(name));
}

/** Whether a blob exists and is undamaged. Reads all of it. Throws errors other than damage, such as `unreachable`. */
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

/** Converts an error of the blob store to `unavailable` or `storage_full`. Returns other errors unchanged. */
export const toStorageError = (cause: unknown): unknown => toAppError(cause) ?? cause;
