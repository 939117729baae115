import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { assertBlobName, BlobError, type BlobStore, LABEL, sha256OfName, type StoredBlob } from "./blob-store.ts";
import { isMissing, stageCopy, stageFile, sweepStagedFiles } from "./stage-file.ts";

export type FileBlobsOptions = {
  readonly folder: string;
  /** Whether stored blobs are synced to the disk; false only in tests. */
  readonly durable?: boolean;
};

/**
 * Blobs as files in folders named by the beginning of their sha256. A file is written under a temporary name, synced and then renamed, so
 * that a blob's name never has a partial file.
 */
export function fileBlobs({ folder, durable = true }: FileBlobsOptions): BlobStore {
  const staging = { folder: path.join(folder, "staged"), durable };
  const fileOf = (name: string): string => {
    assertBlobName(name);
    return path.join(folder, name);
  };
  let ready: Promise<void> | undefined;
  const keep = async ({ file, name }: { readonly file: string; readonly name: string }) => {
    const place = fileOf(name);
    ready ??= makeHeads(folder, durable).catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    await ready;
    await rename(file, place);
    // A new name is durable only once its folder is synced.
    if (durable) await sync(path.dirname(place));
  };
  return {
    stage: (bytes, { limit } = {}) => stageFile(bytes, staging, { limit, keep }),
    stageCopy: (file) => stageCopy(file, staging, keep),
    fileOf,
    async *read(name, { start = 0, end = Number.POSITIVE_INFINITY } = {}) {
      if (end <= start) return;
      const stream = createReadStream(fileOf(name), { start, end: end - 1, highWaterMark: 256 * 1024 });
      try {
        for await (const part of stream) yield bytesOf(part);
      } catch (error) {
        throw isMissing(error) ? new BlobError("missing", `There is no blob ${name}.`, { cause: error }) : error;
      }
    },
    sizeOf: (name) => stat(fileOf(name)).then((found) => found.size, nullWithoutFile),
    remove: (name) => rm(fileOf(name), { force: true }),
    async *list() {
      for (const head of await readdir(folder).catch(() => [])) {
        if (/^[0-9a-f]{2}$/.test(head)) yield* blobsIn(folder, head);
      }
    },
    sweepStaged: (before) => sweepStagedFiles(staging.folder, before),
    readLabel: () => readFile(path.join(folder, LABEL), "utf8").catch(nullWithoutFile),
    async writeLabel(text) {
      await mkdir(staging.folder, { recursive: true });
      const file = path.join(staging.folder, randomBytes(8).toString("hex"));
      const handle = await open(file, "wx", 0o600);
      try {
        await handle.writeFile(text);
        if (durable) await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(file, path.join(folder, LABEL));
      if (durable) await sync(folder);
    },
  };
}

/** Null for a file that does not exist; throws any other error. */
function nullWithoutFile(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}

async function* blobsIn(folder: string, head: string): AsyncIterable<StoredBlob> {
  for (const rest of await readdir(path.join(folder, head))) {
    const name = `${head}/${rest}`;
    const found = await stat(path.join(folder, name)).catch(() => null);
    if (found !== null && sha256OfName(name) !== null) yield { name, size: found.size, date: found.mtime };
  }
}

/** Creates all folders of blobs once; otherwise each upload would wait until its folder is synced. */
async function makeHeads(folder: string, durable: boolean): Promise<void> {
  const heads = Array.from({ length: 256 }, (_, head) => head.toString(16).padStart(2, "0"));
  for (const head of heads) await mkdir(path.join(folder, head), { recursive: true });
  if (durable) await sync(folder);
}

/** Syncs a folder to the disk. */
async function sync(place: string): Promise<void> {
  const handle = await open(place, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A stream without an encoding yields bytes, which its type does not express. */
function bytesOf(part: unknown): Uint8Array {
  if (part instanceof Uint8Array) return part;
  throw new TypeError("a file stream returned something other than bytes");
}
