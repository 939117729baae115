import { createHash } from "node:crypto";

/** Bytes that can be read at any offset, and how many of them were read. */
type CountedSource = {
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
  total(): number;
};

/** Gives random access to `bytes`, and counts how many of them are read. */
export function countedSource(bytes: Uint8Array): CountedSource {
  let total = 0;
  return {
    size: bytes.byteLength,
    read(offset, length) {
      total += length;
      return Promise.resolve(bytes.subarray(offset, offset + length));
    },
    total: () => total,
  };
}

/** About 1 kB of text that does not compress, the same for the same seed. */
export const incompressible = (seed: string | number): string =>
  Array.from({ length: 12 }, (_, part) => createHash("sha512").update(`${seed}.${part}`).digest("base64")).join("");
