import type { RandomAccess } from "@landfall/artifacts/archive/random-access";
import { readAhead } from "@landfall/artifacts/archive/read-ahead";
import { BlobError, type BlobStore } from "@landfall/db/blobs/blob-store";
import { readWhole } from "@landfall/db/blobs/read-whole";

/** At least so much is fetched at once: each fetch opens a file, or asks an object storage. */
const AHEAD = 1024 * 1024;

/** A blob as bytes that can be read anywhere. */
export function blobAccess(blobs: BlobStore, { name, size }: { readonly name: string; readonly size: number }): RandomAccess {
  async function read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = await readWhole(blobs.read(name, { start: offset, end: offset + length }));
    if (bytes.length < length) throw new BlobError("damaged", `The blob ${name} ends before byte ${offset + length}.`);
    return bytes;
  }
  return readAhead({ size, read }, AHEAD);
}
