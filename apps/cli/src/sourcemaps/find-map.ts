import { stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import type { MapReference } from "@landfall/artifacts/debug-ids/map-reference";
import type { FoundFile } from "./find-files.ts";

/**
 * The source map of a script on this machine: where its comment says, else by the name in the comment beside it, else `app.js.map` beside
 * `app.js`. Null when there is none. A map outside of the script's folder is named as if it lay beside it.
 */
export async function findMap(script: FoundFile, reference: MapReference | null): Promise<FoundFile | null> {
  const folder = dirname(script.path);
  const written = reference === null || reference.isInline ? null : pathOf(reference.reference);
  const places = [
    ...(written === null ? [] : [resolve(folder, written), join(folder, basename(written))]),
    join(folder, `${basename(script.path)}.map`),
  ];
  for (const path of places) {
    const known = await stat(path).catch(() => null);
    if (known?.isFile()) return { path, root: script.root, name: nameOf(path, script) };
  }
  return null;
}

/** The path in a reference: without scheme and host, query and fragment, and with `%20` and the like decoded. */
function pathOf(reference: string): string {
  const path = reference
    .replace(/[?#].*$/s, "")
    .replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*\//i, "")
    .replace(/^[~/]+/, "");
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function nameOf(path: string, { root, name }: FoundFile): string {
  const below = relative(root, path);
  if (!below.startsWith("..") && !isAbsolute(below)) return below.split(sep).join("/");
  return posix.join(posix.dirname(name), basename(path));
}
