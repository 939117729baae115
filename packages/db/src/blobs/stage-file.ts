import { createHash, randomBytes } from "node:crypto";
import { constants, copyFile, type FileHandle, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { exposeGc } from "../expose-gc.ts";
import { BlobError, blobName, sha256OfName, type StagedBlob } from "./blob-store.ts";

export type StagingOptions = {
  /** Folder for staged files; created if it is missing. */
  readonly folder: string;
  /** Whether the bytes are synced before they are stored; the sync starts when the last byte is written. */
  readonly durable?: boolean;
};

/** Stores a staged file under a name: a new one, or an existing one of the same bytes. */
export type Keep = (staged: {
  readonly file: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}) => Promise<void>;

/** Writes bytes to a temporary file and hashes them; more are read only after the previous ones are written. */
export async function stageFile(
  bytes: AsyncIterable<Uint8Array>,
  { folder, durable = false }: StagingOptions,
  { limit = Number.POSITIVE_INFINITY, keep }: { readonly limit?: number | undefined; readonly keep: Keep },
): Promise<StagedBlob> {
  const nonce = randomBytes(8).toString("hex");
  const file = path.join(folder, nonce);
  const handle = await inFolder(folder, () => open(file, "wx", 0o600));
  return createStagedBlob({ nonce, file, handle, sums: write(handle, bytes, limit) }, { durable, keep });
}

/** Copies a file to a temporary one, with a reflink if the file system supports it, and hashes the copy. Throws `missing`. */
export async function stageCopy(source: string, { folder, durable = false }: StagingOptions, keep: Keep): Promise<StagedBlob> {
  const nonce = randomBytes(8).toString("hex");
  const file = path.join(folder, nonce);
  await inFolder(folder, () => copyFile(source, file, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)).catch((cause: unknown) => {
    throw isMissing(cause) ? new BlobError("missing", `There is no file ${source}.`, { cause }) : cause;
  });
  const handle = await open(file);
  return createStagedBlob({ nonce, file, handle, sums: read(handle) }, { durable, keep });
}

type StagedInput = { readonly nonce: string; readonly file: string; readonly handle: FileHandle; readonly sums: Promise<Checksums> };

/** Returns the staged file after hashing; removes it on an error. */
async function createStagedBlob(
  { nonce, file, handle, sums: pendingSums }: StagedInput,
  { durable, keep }: { readonly durable: boolean; readonly keep: Keep },
): Promise<StagedBlob> {
  let sums: Checksums;
  try {
    sums = await pendingSums;
  } catch (error) {
    await handle.close();
    await rm(file, { force: true });
    throw error;
  }
  const settled = settle(handle, durable);
  // The caller that stores the bytes gets the error.
  settled.catch(() => undefined);
  return {
    ...sums,
    file,
    async keep() {
      await settled;
      const name = blobName(sums.sha256, nonce);
      await keep({ file, name, ...sums });
      return name;
    },
    async keepAs(name) {
      if (sha256OfName(name) !== sums.sha256)
        throw new BlobError("damaged", `The bytes of the blob ${name} do not match the checksum in its name.`);
      await settled;
      await keep({ file, name, ...sums });
    },
    async discard() {
      await settled.catch(() => undefined);
      await rm(file, { force: true });
    },
  };
}

type Checksums = { readonly sha256: string; readonly sha1: string; readonly size: number };

/** Bytes per write: each write is a round trip to another thread. */
const WRITE_BYTES = 256 * 1024;

async function write(handle: FileHandle, bytes: AsyncIterable<Uint8Array>, limit: number): Promise<Checksums> {
  const sha256 = createHash("sha256");
  const sha1 = createHash("sha1");
  let size = 0;
  let waiting: Uint8Array[] = [];
  let length = 0;
  const flush = async () => {
    const { bytesWritten } = await handle.writev(waiting);
    // A full disk writes fewer bytes; the next write then fails.
    if (bytesWritten < length) await handle.writeFile(Buffer.concat(waiting).subarray(bytesWritten));
    waiting = [];
    collectGarbageAfter(length);
    length = 0;
  };
  for await (const part of bytes) {
    size += part.length;
    if (size > limit) throw new BlobError("too_large", `At most ${limit} bytes are accepted.`);
    sha256.update(part);
    sha1.update(part);
    waiting.push(part);
    length += part.length;
    if (length >= WRITE_BYTES) await flush();
  }
  if (length > 0) await flush();
  return { sha256: sha256.digest("hex"), sha1: sha1.digest("hex"), size };
}

async function read(handle: FileHandle): Promise<Checksums> {
  await handle.chmod(0o600);
  const sha256 = createHash("sha256");
  const sha1 = createHash("sha1");
  const buffer = Buffer.allocUnsafe(WRITE_BYTES);
  let size = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, WRITE_BYTES, size);
    if (bytesRead === 0) return { sha256: sha256.digest("hex"), sha1: sha1.digest("hex"), size };
    size += bytesRead;
    sha256.update(buffer.subarray(0, bytesRead));
    sha1.update(buffer.subarray(0, bytesRead));
  }
}

/** Creates something in a folder, and the folder if it is missing. */
async function inFolder<T>(folder: string, make: () => Promise<T>): Promise<T> {
  return make().catch(async (error: unknown) => {
    if (!isMissing(error)) throw error;
    await mkdir(folder, { recursive: true });
    return make();
  });
}

async function settle(handle: FileHandle, durable: boolean): Promise<void> {
  try {
    if (durable) await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether the error means that a file or folder does not exist. */
export const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";

/** Removes temporary files that were last written before `before`. */
export async function sweepStagedFiles(folder: string, before: Date): Promise<number> {
  let swept = 0;
  for (const entry of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, entry);
    const found = await stat(file).catch(() => null);
    if (found === null || found.mtime >= before) continue;
    await rm(file, { force: true });
    swept += 1;
  }
  return swept;
}

/** Bytes between two garbage collections. A collection takes about a millisecond, writing that many bytes a hundred. */
const BYTES_PER_COLLECTION = 16 * 1024 * 1024;

let passed = 0;
let collect: ReturnType<typeof exposeGc> | undefined;

/**
 * Called with the number of bytes of chunks that are no longer used. V8 counts a chunk as the few bytes of its handle, so that more than
 * 100 MB of them accumulate until the young generation is full; this collects it earlier.
 */
export function collectGarbageAfter(bytes: number): void {
  passed += bytes;
  if (passed < BYTES_PER_COLLECTION) return;
  passed = 0;
  collect ??= exposeGc();
  collect({ type: "minor", execution: "sync" });
}
