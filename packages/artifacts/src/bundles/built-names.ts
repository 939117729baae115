import { setImmediate } from "node:timers/promises";
import { isBundleProblem } from "../archive/bundle-problem.ts";
import { entryChunks } from "../archive/entry-chunks.ts";
import type { RandomAccess } from "../archive/random-access.ts";
import { lastComment } from "../map-reference.ts";
import { readMapFile } from "../maps/read-map-file.ts";
import type { BundleFile } from "./open-bundle.ts";

/** The name that a script had in its build, and where it was found: in its reference to a map, or as the `file` of its map. */
export interface BuiltName {
  readonly name: string;
  readonly from: "reference" | "map";
}

/** The most bytes that are read of one bundle, unpacked. Later scripts have no built name. */
const MAX_BYTES = 512 * 1024 * 1024;

/** How many files are read in one turn of the event loop; each takes less than 2 ms. */
const FILES_AT_ONCE = 20;

/** How many bytes at the end of a script are searched for its comments. */
const TAIL = 8192;

/** The longest name that is returned, in characters. */
const MAX_NAME = 1000;

/**
 * Returns the names that scripts had in the build, by their path in the bundle. The bundler plugins upload scripts as `~/<debug id>-0.js`, so that
 * stack traces without debug ids have nothing else in common with them. Other scripts have the names under which they are uploaded, and are not
 * read. Damaged files have no name.
 */
export async function readBuiltNames(
  source: RandomAccess,
  files: readonly BundleFile[],
  maxBytes: number = MAX_BYTES,
): Promise<ReadonlyMap<string, BuiltName>> {
  const names = new Map<string, BuiltName>();
  const scripts = files.filter(isNamedByDebugId).toSorted((a, b) => a.entry.offset - b.entry.offset);
  const take = withinBudget(maxBytes);
  for (const script of scripts) {
    const declared = script.mapReference === null ? null : nameOfReference(script.mapReference);
    const isOwn = declared !== null && !hasDebugId(declared, script.debugId);
    const name = isOwn ? declared : (await take(script)) ? await readReference(source, script) : null;
    if (name !== null) names.set(script.path, { name, from: "reference" });
  }
  const maps = new Map(files.filter(({ type }) => type === "source_map").map((map) => [map.debugId, map]));
  const counts = countBy([...names.values()].map(({ name }) => name));
  const pairs = scripts.flatMap((script) => {
    const map = maps.get(script.debugId);
    return map === undefined ? [] : [{ script, map }];
  });
  // In the order of their bytes, like the scripts, because the source reads ahead.
  for (const { script, map } of pairs.toSorted((a, b) => a.map.entry.offset - b.map.entry.offset)) {
    const known = names.get(script.path);
    // A webpack map also has the folder of the script, which distinguishes scripts of the same name.
    if (known !== undefined && (counts.get(known.name) ?? 0) < 2) continue;
    const name = (await take(map)) ? await readFileOf(source, map) : null;
    if (name !== null && (known === undefined || name.endsWith(`/${known.name}`))) names.set(script.path, { name, from: "map" });
  }
  return names;
}

/** Whether a script was uploaded under a name made of its debug id. */
const isNamedByDebugId = ({ type, url, path, debugId }: BundleFile): boolean =>
  type !== "source_map" && type !== "source" && hasDebugId(url ?? path, debugId);

const hasDebugId = (name: string, debugId: string | null): boolean => debugId !== null && name.toLowerCase().includes(debugId);

/** Returns a function that resolves to whether a file can still be read. It waits for the next turn of the event loop now and then. */
function withinBudget(maxBytes: number): (file: BundleFile) => Promise<boolean> {
  let left = maxBytes;
  let count = 0;
  return async ({ entry }) => {
    count += 1;
    if (count % FILES_AT_ONCE === 0) await setImmediate();
    if (entry.size > left) return false;
    left -= entry.size;
    return true;
  };
}

async function readReference(source: RandomAccess, { entry }: BundleFile): Promise<string | null> {
  return ignoringDamage(async () => {
    let tail = Buffer.alloc(0);
    for await (const chunk of entryChunks(source, entry)) tail = Buffer.concat([tail, chunk.subarray(-TAIL)]).subarray(-TAIL);
    const reference = lastComment(tail.toString("utf8"), "sourceMappingURL")?.value;
    return reference === undefined ? null : nameOfReference(reference);
  });
}

const readFileOf = (source: RandomAccess, { entry }: BundleFile): Promise<string | null> =>
  ignoringDamage(async () => toName((await readMapFile(entryChunks(source, entry))) ?? ""));

async function ignoringDamage(read: () => Promise<string | null>): Promise<string | null> {
  try {
    return await read();
  } catch (error) {
    if (!isBundleProblem(error)) throw error;
    return null;
  }
}

/** Returns the name of the script that refers to its map: `js/main.js` for `../js/main.js.map?v=1`. Null for inline maps and other names. */
function nameOfReference(reference: string): string | null {
  const [path = ""] = reference.split(/[?#]/, 1);
  return /^data:/i.test(reference) || !path.endsWith(".map") ? null : toName(path.slice(0, -".map".length));
}

/** Returns the segments of a path or URL that a script's URL can end with; null if there are none. */
function toName(path: string): string | null {
  const segments = path
    .replace(/^(?:[a-z][a-z\d+.-]*:)?\/\/[^/]*/i, "")
    .replaceAll("\\", "/")
    .split("/");
  const name = segments.filter((segment) => segment !== "" && segment !== "." && segment !== ".." && segment !== "~").join("/");
  return name === "" || name.length > MAX_NAME || name.includes("\0") || !name.isWellFormed() ? null : name;
}

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
