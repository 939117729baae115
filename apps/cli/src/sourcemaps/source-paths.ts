import { stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuiltMap } from "./read-build.ts";

/** Larger ones were not written by people. */
const LARGEST = 4 * 1024 * 1024;

/**
 * Where the sources are whose text a map does not carry, by their names in it; those that are not on this machine are left out. Only files
 * below `root` are taken: a map can name any file, and what it names would be uploaded.
 */
export async function sourcePaths({ file, withoutText }: BuiltMap, root: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of withoutText) {
    const path = pathOf(name, dirname(file.path));
    if (path === null || !isBelow(path, root)) continue;
    const known = await stat(path).catch(() => null);
    if (known?.isFile() && known.size <= LARGEST) found.set(name, path);
  }
  return found;
}

/** Null for an address that is no file's, such as `webpack://shop/./src/cart.ts`. */
function pathOf(name: string, folder: string): string | null {
  if (/^file:\/\/\//i.test(name)) return URL.canParse(name) ? fileURLToPath(name) : null;
  return /^[a-z][a-z\d+.-]+:/i.test(name) ? null : resolve(folder, name);
}

/** Hidden files and folders, such as `.env`, are nobody's sources. */
function isBelow(path: string, root: string): boolean {
  const below = relative(root, path);
  return below !== "" && !isAbsolute(below) && !below.split(/[\\/]/).some((part) => part.startsWith("."));
}

/** The folder of the project around `cwd`: the nearest with a `.git`, else `cwd` itself. */
export async function projectRoot(cwd: string): Promise<string> {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (await stat(join(folder, ".git")).catch(() => null)) return folder;
    if (dirname(folder) === folder) return resolve(cwd);
  }
}
