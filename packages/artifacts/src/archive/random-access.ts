import { open } from "node:fs/promises";

/** Bytes that can be read anywhere: a file on disk, an object in a store, a buffer. Nothing here reads more of them than it needs. */
export interface RandomAccess {
  /** How many bytes there are. */
  readonly size: number;
  /** Exactly `length` bytes from `offset`. Is never asked for bytes past `size`; throws when it cannot give them. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Bytes that are in memory already. */
export function fromBytes(bytes: Uint8Array): RandomAccess {
  return { size: bytes.byteLength, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) };
}

/** A file on disk, to be read in any order. Throws what the file system throws; whoever opened it closes it. */
export async function openFile(path: string): Promise<RandomAccess & { close(): Promise<void> }> {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    return {
      size,
      async read(offset, length) {
        const bytes = Buffer.allocUnsafe(length);
        let filled = 0;
        while (filled < length) {
          const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
          if (bytesRead === 0) throw new Error(`${path} ended at byte ${offset + filled}; ${length - filled} more were expected.`);
          filled += bytesRead;
        }
        return bytes;
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

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
