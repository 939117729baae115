import type { RandomAccess } from "../src/archive/random-access.ts";

/** Random access that records its reads, and throws for reads past the end. */
export function countedSource(bytes: Uint8Array): RandomAccess & { readonly reads: { offset: number; length: number }[]; total(): number } {
  const reads: { offset: number; length: number }[] = [];
  return {
    size: bytes.byteLength,
    reads,
    total: () => reads.reduce((sum, { length }) => sum + length, 0),
    async read(offset, length) {
      if (offset < 0 || offset + length > bytes.byteLength) throw new Error(`Read of ${length} at ${offset} is past ${bytes.byteLength}.`);
      reads.push({ offset, length });
      return bytes.subarray(offset, offset + length);
    },
  };
}
