import { randomBytes } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** A file and what is to be in it. */
export type Replacement = { readonly path: string; readonly text: string };

/**
 * Replaces files that belong together, as a script and its map do: all are written beside their places first, and only then put
 * there, each at once and with the permissions it had. When writing fails, none is changed.
 */
export async function replaceFiles(replacements: readonly Replacement[]): Promise<void> {
  const ready: { readonly from: string; readonly to: string }[] = [];
  try {
    for (const { path, text } of replacements) {
      // A link stays a link.
      const to = await realpath(path);
      const from = join(dirname(to), `.${basename(to)}.${randomBytes(6).toString("hex")}.tmp`);
      ready.push({ from, to });
      await write(from, text, (await stat(to)).mode & 0o7777);
    }
    for (const { from, to } of ready) await rename(from, to);
  } finally {
    await Promise.all(ready.map(({ from }) => rm(from, { force: true })));
  }
}

async function write(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(text);
    // The process's umask may have taken some of them away.
    await file.chmod(mode);
  } finally {
    await file.close();
  }
}
