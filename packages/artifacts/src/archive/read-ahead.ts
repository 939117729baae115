import type { RandomAccess } from "./random-access.ts";

/**
 * The same bytes, of which at least `block` are fetched at once, and those fetched last are kept: archives are read piece by piece from
 * front to back, and each fetch costs a way to the disk, or to an object storage.
 */
export function readAhead(source: RandomAccess, block: number): RandomAccess {
  let kept: Uint8Array = new Uint8Array(0);
  let from = 0;
  return {
    size: source.size,
    async read(offset, length) {
      if (offset < from || offset + length > from + kept.byteLength) {
        kept = await source.read(offset, Math.min(Math.max(length, block), source.size - offset));
        from = offset;
      }
      return kept.subarray(offset - from, offset - from + length);
    },
  };
}
