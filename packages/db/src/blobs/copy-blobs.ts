import { BlobError, type BlobStore, nullIfMissing, type StoredBlob } from "./blob-store.ts";

/** The name of a blob, and its size in bytes. */
export type KnownBlob = Pick<StoredBlob, "name" | "size">;

/** Copied, missing and damaged blobs. */
export type CopiedBlobs = { readonly count: number; readonly bytes: number; readonly missing: number; readonly damaged: number };

/** The progress of a copy. */
export type CopyProgress = { readonly blobs: number; readonly ofBlobs: number; readonly bytes: number; readonly ofBytes: number };

export type CopyBlobsOptions = {
  readonly from: BlobStore;
  readonly to: BlobStore;
  /** Called after each blob. */
  readonly onProgress?: (progress: CopyProgress) => void;
};

/** The concurrency, which hides the latency of object storage. Lower for large blobs, since parts of them are in memory. */
const SMALL_AT_ONCE = 6;

const LARGE_AT_ONCE = 2;
const LARGE = 4 * 1024 * 1024;

/** The number of attempts after connection errors. */
const ATTEMPTS = 3;

/**
 * Copies the blobs that the target does not have with their size, under the same names. Each is verified against the sha256 in its name,
 * and appears only when it is complete. Missing and damaged ones are counted and skipped. Throws errors of a store; a later copy then
 * continues where this one stopped.
 */
export async function copyBlobs(known: Iterable<KnownBlob>, { from, to, onProgress }: CopyBlobsOptions): Promise<CopiedBlobs> {
  const wanted = new Map(Array.from(known, ({ name, size }) => [name, size]));
  for await (const { name, size } of to.list()) if (wanted.get(name) === size) wanted.delete(name);
  const counts = { copied: 0, missing: 0, damaged: 0 };
  const ofBytes = [...wanted.values()].reduce((sum, size) => sum + size, 0);
  let [passed, copiedBytes] = [0, 0];
  const copy = async ([name, size]: readonly [string, number]) => {
    const outcome = await copyBlob(name, from, to);
    counts[outcome] += 1;
    passed += size;
    if (outcome === "copied") copiedBytes += size;
    onProgress?.({ blobs: counts.copied + counts.missing + counts.damaged, ofBlobs: wanted.size, bytes: passed, ofBytes });
  };
  const [small, large] = [[...wanted].filter(([, size]) => size < LARGE), [...wanted].filter(([, size]) => size >= LARGE)];
  await forEachConcurrently(small, SMALL_AT_ONCE, copy);
  await forEachConcurrently(large, LARGE_AT_ONCE, copy);
  return { count: counts.copied, bytes: copiedBytes, missing: counts.missing, damaged: counts.damaged };
}

/** Runs work for each item, some concurrently. After an error no more are started, and it is thrown when the started ones have ended. */
async function forEachConcurrently<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  // All workers read from the same generator, which an error closes for all.
  const left = (function* () {
    yield* items;
  })();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const end of ended) if (end.status === "rejected") throw end.reason;
}

type Outcome = "copied" | "missing" | "damaged";

async function copyBlob(name: string, from: BlobStore, to: BlobStore, tries = ATTEMPTS): Promise<Outcome> {
  try {
    const file = from.fileOf(name);
    const staged = await (file === null ? to.stage(from.read(name)) : to.stageCopy(file)).catch(nullIfMissing);
    if (staged === null) return "missing";
    try {
      await staged.keepAs(name);
      return "copied";
    } catch (error) {
      await staged.discard();
      if (error instanceof BlobError && error.code === "damaged") return "damaged";
      throw error;
    }
  } catch (error) {
    if (tries > 1 && error instanceof BlobError) return copyBlob(name, from, to, tries - 1);
    throw error;
  }
}
