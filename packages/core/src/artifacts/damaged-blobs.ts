import { createHash } from "node:crypto";
import { BlobError, type BlobStore, sha256OfName } from "@landfall/db/blobs/blob-store";
import type { Store } from "@landfall/db/store";
import { and, inArray, isNull } from "drizzle-orm";

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
