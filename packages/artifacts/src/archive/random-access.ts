import { open } from "node:fs/promises";

/** Bytes that can be read at any offset: a file on disk, an object in a store, a buffer. */
export interface RandomAccess {
  /** The number of bytes. */
  readonly size: number;
  /** Reads exactly `length` bytes from `offset`, never past `size`. Throws if it cannot read all of them. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Random access to bytes in memory. */
export function fromBytes(bytes: Uint8Array): RandomAccess {
  return { size: bytes.byteLength, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) };
}

/** Opens a file on disk. Throws errors of the file system. The caller must close it. */
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
          if (bytesRead === 0) throw new Error(`${path} ended at byte ${offset + filled}; expected ${length - filled} more bytes.`);
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
 * Reads at least `block` bytes at a time and caches the last block. Archives are read in small pieces from front to back, and each read of the
 * source accesses the disk or an object storage.
 */
export function readAhead(source: RandomAccess, block: number): RandomAccess {
  let cached: Uint8Array = new Uint8Array(0);
  let start = 0;
  return {
    size: source.size,
    async read(offset, length) {
      if (offset < start || offset + length > start + cached.byteLength) {
        cached = await source.read(offset, Math.min(Math.max(length, block), source.size - offset));
        start = offset;
      }
      return cached.subarray(offset - start, offset - start + length);
    },
  };
}
