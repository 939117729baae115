import { mapReference } from "@landfall/artifacts/debug-ids/map-reference";
import { readDebugId, readMapDebugId } from "@landfall/artifacts/debug-ids/read-debug-id";
import { isMapProblem } from "@landfall/artifacts/maps/map-problem";
import { parseMapJson } from "@landfall/artifacts/maps/parse-source-map";
import { sourcesWithoutText } from "@landfall/artifacts/maps/rewrite-sources";
import type { FoundFile } from "./find-files.ts";
import { findMap } from "./find-map.ts";
import { readText } from "./read-text.ts";

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
