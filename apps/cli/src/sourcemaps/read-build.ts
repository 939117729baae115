import { readFile, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import { readDebugId, readMapDebugId } from "@landfall/artifacts/debug-ids";
import { type MapReference, mapReference } from "@landfall/artifacts/map-reference";
import { isMapProblem, parseMapJson } from "@landfall/artifacts/maps/parse-source-map";
import { sourcesWithoutText } from "@landfall/artifacts/maps/rewrite-sources";
import type { FoundFile } from "./find-files.ts";

/** A script of a build. */
export type BuiltScript = {
  readonly file: FoundFile;
  readonly debugId: string | null;
  /** Its source map: a file or inline; null if it is missing. */
  readonly map: FoundFile | "inline" | null;
  /** The reference to its map, as written in the script. */
  readonly reference: string | null;
};

/** A source map of a build. */
export type BuiltMap = {
  readonly file: FoundFile;
  readonly debugId: string | null;
  /** The names of sources whose text is not in the map. */
  readonly withoutText: readonly string[];
  /** A sentence that says why it is not a valid source map; null if it is. */
  readonly problem: string | null;
};

/** The scripts and source maps of a build, including maps that only scripts refer to. Sorted by name. */
export type Build = { readonly scripts: readonly BuiltScript[]; readonly maps: readonly BuiltMap[] };

/** Reads the files of a build one by one, without keeping them in memory. */
export async function readBuild(files: readonly FoundFile[]): Promise<Build> {
  const scripts: BuiltScript[] = [];
  const mapFiles = new Map<string, FoundFile>();
  for (const file of files) {
    if (file.name.endsWith(".map")) mapFiles.set(file.path, file);
    else scripts.push(await readScript(file));
  }
  for (const { map } of scripts) {
    if (map !== null && map !== "inline" && !mapFiles.has(map.path)) mapFiles.set(map.path, map);
  }
  const maps: BuiltMap[] = [];
  for (const file of [...mapFiles.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))) maps.push(await readMap(file));
  return { scripts, maps };
}

async function readScript(file: FoundFile): Promise<BuiltScript> {
  const text = (await readText(file.path)) ?? "";
  const reference = mapReference({ text });
  const map = reference?.isInline === true ? ("inline" as const) : await findMap(file, reference);
  return { file, debugId: readDebugId(text), map, reference: reference?.isInline === true ? null : (reference?.reference ?? null) };
}

async function readMap(file: FoundFile): Promise<BuiltMap> {
  try {
    const text = await readText(file.path);
    if (text === null) return { file, debugId: null, withoutText: [], problem: "The source map is not UTF-8." };
    const json = parseMapJson(text);
    return { file, debugId: readMapDebugId(json), withoutText: sourcesWithoutText(json), problem: null };
  } catch (error) {
    if (!isMapProblem(error)) throw error;
    return { file, debugId: null, withoutText: [], problem: error.message };
  }
}

/**
 * Finds the source map of a script: at the path in its comment, next to the script with the name in the comment, or `app.js.map` next to
 * `app.js`. Null if there is none. A map outside the root is named as if it were next to the script.
 */
export async function findMap(script: FoundFile, reference: MapReference | null): Promise<FoundFile | null> {
  const folder = dirname(script.path);
  const referencePath = reference === null || reference.isInline ? null : pathOf(reference.reference);
  const candidates = [
    ...(referencePath === null ? [] : [resolve(folder, referencePath), join(folder, basename(referencePath))]),
    join(folder, `${basename(script.path)}.map`),
  ];
  for (const path of candidates) {
    const stats = await stat(path).catch(() => null);
    if (stats?.isFile()) return { path, root: script.root, name: nameOf(path, script) };
  }
  return null;
}

/** Returns the path in a reference, without scheme, host, query, and fragment, percent-decoded. */
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

/** Reads a file as text, including its byte order mark; null if it is not UTF-8. */
export async function readText(path: string): Promise<string | null> {
  const bytes = await readFile(path);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
