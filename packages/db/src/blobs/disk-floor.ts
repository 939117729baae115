import { statfs } from "node:fs/promises";
import { BlobError, type BlobStore } from "./blob-store.ts";

/** The free space is checked again after this many bytes of a blob. */
const BYTES_BETWEEN = 32 * 1024 * 1024;

export type DiskFloorOptions = {
  /** A folder on the disk that stores the bytes. */
  readonly folder: string;
  /** The free space, in bytes, that uploads leave to the database and to the rest of the machine. */
  readonly minFree: number;
  /** Returns the free bytes of the disk that a folder is on; injected by tests. */
  readonly freeBytes?: (folder: string) => Promise<number>;
};

/**
 * The same blob store, which accepts no bytes while the disk has less than `minFree`: `stage` throws a `BlobError` with the code `full`, also
 * in the middle of a large blob. Uploads thus leave the space that the database needs to record releases.
 */
export function withDiskFloor(blobs: BlobStore, { folder, minFree, freeBytes = freeBytesOf }: DiskFloorOptions): BlobStore {
  async function check(): Promise<void> {
    const free = await freeBytes(folder);
    if (free >= minFree) return;
    throw new BlobError(
      "full",
      `The disk of ${folder} has ${free} bytes left, and uploads leave ${minFree} bytes free (LANDFALL_MIN_FREE_DISK).`,
    );
  }
  async function* checked(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    let sinceCheck = 0;
    for await (const part of bytes) {
      sinceCheck += part.length;
      if (sinceCheck >= BYTES_BETWEEN) {
        sinceCheck = 0;
        await check();
      }
      yield part;
    }
  }
  return {
    ...blobs,
    async stage(bytes, options) {
      await check();
      return blobs.stage(checked(bytes), options);
    },
  };
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
