import { stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuiltMap } from "./read-build.ts";

/** In bytes. Larger files are not source code. */
const MAX_SIZE = 4 * 1024 * 1024;

/**
 * Returns the paths of the sources whose text is not in the map, by their names in it, without those that do not exist. Returns only files
 * below `root`: a map can name any file, and the named files are uploaded.
 */
export async function sourcePaths({ file, withoutText }: BuiltMap, root: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of withoutText) {
    const path = pathOf(name, dirname(file.path));
    if (path === null || !isBelow(path, root)) continue;
    const stats = await stat(path).catch(() => null);
    if (stats?.isFile() && stats.size <= MAX_SIZE) found.set(name, path);
  }
  return found;
}

/** Null for a URL that is not a file, such as `webpack://shop/./src/cart.ts`. */
function pathOf(name: string, folder: string): string | null {
  if (/^file:\/\/\//i.test(name)) return URL.canParse(name) ? fileURLToPath(name) : null;
  return /^[a-z][a-z\d+.-]+:/i.test(name) ? null : resolve(folder, name);
}

/** Excludes hidden files and folders, such as `.env`, which may contain secrets. */
function isBelow(path: string, root: string): boolean {
  const below = relative(root, path);
  return below !== "" && !isAbsolute(below) && !below.split(/[\\/]/).some((part) => part.startsWith("."));
}

/** Returns the nearest folder that has a `.git`, starting at `cwd`; `cwd` itself if there is none. */
export async function projectRoot(cwd: string): Promise<string> {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (await stat(join(folder, ".git")).catch(() => null)) return folder;
    if (dirname(folder) === folder) return resolve(cwd);
  }
}
