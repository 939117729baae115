import type { RandomAccess } from "@landfall/artifacts/archive/random-access";
import type { BlobStore } from "@landfall/db/blobs/blob-store";
import { readWhole } from "@landfall/db/blobs/read-whole";

/** At least so much is fetched at once: each fetch opens a file, or asks an object storage. */
const AHEAD = 1024 * 1024;

/** A blob as bytes that can be read anywhere. What was fetched last is kept, since archives are read piece by piece. */
export function blobAccess(blobs: BlobStore, { name, size }: { readonly name: string; readonly size: number }): RandomAccess {
  let kept: Uint8Array = new Uint8Array();
  let from = 0;
  return {
    size,
    async read(offset, length) {
      if (offset < from || offset + length > from + kept.length) {
        kept = await readWhole(blobs.read(name, { start: offset, end: Math.min(size, offset + Math.max(length, AHEAD)) }));
        from = offset;
      }
      if (offset - from + length > kept.length) throw new Error(`the blob ${name} ends before byte ${offset + length}`);
      return kept.subarray(offset - from, offset - from + length);
    },
  };
}
