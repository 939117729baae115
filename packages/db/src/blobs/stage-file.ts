import { createHash, randomBytes } from "node:crypto";
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { BlobError, blobName, type StagedBlob } from "./blob-store.ts";

export type StagingOptions = {
  /** Folder of what is on its way in; made when it is missing. */
  readonly folder: string;
};

/** Puts a staged file in its place under a name that is new. */
export type Keep = (staged: {
  readonly file: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}) => Promise<void>;

/** Writes bytes to a temporary file while hashing them; a part is only asked for once the one before is written. */
export async function stageFile(
  bytes: AsyncIterable<Uint8Array>,
  { folder }: StagingOptions,
  { limit = Number.POSITIVE_INFINITY, keep }: { readonly limit?: number | undefined; readonly keep: Keep },
): Promise<StagedBlob> {
  await mkdir(folder, { recursive: true });
  const nonce = randomBytes(8).toString("hex");
  const file = path.join(folder, nonce);
  const sha256 = createHash("sha256");
  const sha1 = createHash("sha1");
  let size = 0;
  const handle = await open(file, "wx", 0o600);
  try {
    try {
      for await (const part of bytes) {
        size += part.length;
        if (size > limit) throw new BlobError("too_large", `At most ${limit} bytes are taken in.`);
        sha256.update(part);
        sha1.update(part);
        await handle.writeFile(part);
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  const sums = { sha256: sha256.digest("hex"), sha1: sha1.digest("hex"), size };
  return {
    ...sums,
    file,
    async keep() {
      const name = blobName(sums.sha256, nonce);
      await keep({ file, name, ...sums });
      return name;
    },
    discard: () => rm(file, { force: true }),
  };
}

/** Removes temporary files that nobody wrote to since `before`. */
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
