import { constants, copyFileSync, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import path from "node:path";

/** What was copied, and what was not there. */
export type CopiedBlobs = { readonly count: number; readonly bytes: number; readonly missing: number };

/**
 * Copies blobs by name from one folder to another, but for those that are there: a name stands for the same bytes for ever. Each appears
 * under its name only when it is whole.
 */
export function copyBlobs(names: readonly string[], from: string, to: string): CopiedBlobs {
  let count = 0;
  let bytes = 0;
  let missing = 0;
  for (const name of names) {
    const source = path.join(from, name);
    const target = path.join(to, name);
    if (existsSync(target)) continue;
    if (!existsSync(source)) {
      missing += 1;
      continue;
    }
    mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
    copyFileSync(source, `${target}.unfinished`, constants.COPYFILE_FICLONE);
    renameSync(`${target}.unfinished`, target);
    count += 1;
    bytes += statSync(target).size;
  }
  return { count, bytes, missing };
}

/** Where the blobs of a backup are: beside its file. */
export const blobsOfBackup = (file: string): string => `${file}.blobs`;
