import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Writes `first-run.txt` in the data directory, readable for its owner only, whole or not at all. Returns its path; null if it cannot be
 * written, or if there is one and it is not to be replaced.
 */
export function writeFirstRunFile(dataDir: string, text: string, { replaces = false }: { readonly replaces?: boolean } = {}): string | null {
  const file = path.join(dataDir, "first-run.txt");
  const unfinished = `${file}.unfinished`;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    rmSync(unfinished, { force: true });
    const descriptor = openSync(unfinished, "wx", 0o600);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (existsSync(file) && !replaces) return null;
    renameSync(unfinished, file);
    return file;
  } catch {
    return null;
  } finally {
    rmSync(unfinished, { force: true });
  }
}
