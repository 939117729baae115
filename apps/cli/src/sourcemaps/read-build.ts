import { readFile, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import { readDebugId, readMapDebugId } from "@landfall/artifacts/debug-ids";
import { type MapReference, mapReference } from "@landfall/artifacts/map-reference";
import { isMapProblem, parseMapJson } from "@landfall/artifacts/maps/parse-source-map";
import { sourcesWithoutText } from "@landfall/artifacts/maps/rewrite-sources";
import type { FoundFile } from "./find-files.ts";

/** A script of a build, and what it says of itself. */
export type BuiltScript = {
  readonly file: FoundFile;
  readonly debugId: string | null;
  /** Its source map: a file, or inside of it; null when there is none on this machine. */
  readonly map: FoundFile | "inline" | null;
  /** Where it says that its map is, as written. */
  readonly reference: string | null;
};

/** A source map of a build. */
export type BuiltMap = {
  readonly file: FoundFile;
  readonly debugId: string | null;
  /** The sources it does not carry the text of. */
  readonly withoutText: readonly string[];
  /** Why it is no source map, in a sentence; null when it is one. */
  readonly problem: string | null;
};

/** What a bundler wrote: scripts, and maps with those that the scripts refer to. Sorted by name. */
export type Build = { readonly scripts: readonly BuiltScript[]; readonly maps: readonly BuiltMap[] };

/** Reads the files of a build, one after the other; none is kept in memory. */
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
    if (text === null) return { file, debugId: null, withoutText: [], problem: "This is no source map: it is not UTF-8." };
    const json = parseMapJson(text);
    return { file, debugId: readMapDebugId(json), withoutText: sourcesWithoutText(json), problem: null };
  } catch (error) {
    if (!isMapProblem(error)) throw error;
    return { file, debugId: null, withoutText: [], problem: error.message };
  }
}

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

/** The text of a file, its byte order mark kept; null for one that is no UTF-8, which no script of a bundler is. */
export async function readText(path: string): Promise<string | null> {
  const bytes = await readFile(path);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
