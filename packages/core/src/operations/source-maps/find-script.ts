import { createHash } from "node:crypto";
import { normalizeDebugId } from "@landfall/artifacts/debug-ids";
import { type MapReference, mapReference } from "@landfall/artifacts/map-reference";
import { isNameOfOneBuild } from "@landfall/artifacts/match-script";
import { resolveReference, urlCandidates } from "@landfall/artifacts/urls";
import type { BlobStore } from "@landfall/db/blobs/blob-store";
import type { Reader } from "@landfall/db/store";
import type { ProjectRow } from "@landfall/db/tables/schema";
import type { Context } from "../../kernel/context.ts";
import type { MapBytes, MapReader } from "../../kernel/map-reader.ts";
import { findByName, selectByDebugId, selectInBundle, sortByNames, type StackEvent, storableNames } from "./find-files.ts";
import { createSimilarSearch, type SimilarScripts, type SimilarSearch } from "./find-similar.ts";
import { lazyBytes, problemMessage, type StoredFile } from "./stored-file.ts";

/** The event whose files are looked up, and where to look. */
export type SearchContext = {
  readonly db: Reader;
  readonly blobs: BlobStore;
  readonly maps: MapReader;
  readonly event: StackEvent;
  readonly findSimilar: SimilarSearch;
};

/** Creates the search for the files of an event of a project. */
export function createSearchContext(
  { db, context: { blobs, maps }, project }: { readonly db: Reader; readonly context: Context; readonly project: ProjectRow },
  { release, dist = "" }: { readonly release?: string | undefined; readonly dist?: string | undefined },
): SearchContext {
  const event = { project, version: release || null, dist };
  return { db, blobs, maps: maps.forRequest(project.organizationId), event, findSimilar: createSimilarSearch(db, event) };
}

/** The properties of a frame that identify its script. */
export type WantedScript = {
  readonly url: string | null;
  readonly debugId: string | null;
  /** The uploaded file that the caller chose for the URL, by its debug id or name. */
  readonly choice: string | null;
};

export type FoundScript = {
  /** Null if only a map has the debug id of the frame, which is enough. */
  readonly file: StoredFile | null;
  readonly foundBy: "debug-id" | "name" | "match";
  /** The map with the debug id of the frame. */
  readonly map: StoredFile | null;
  /** How the file was matched; null if it has the debug id or the URL of the frame. */
  readonly match: ScriptMatched | null;
};

/** How a file was matched with a URL, and the name of the file that is like the URL. */
export type ScriptMatched = {
  readonly by: "path" | "reference" | "map" | "choice";
  readonly name: string;
  readonly isUnversioned: boolean;
};

/** The script of a frame, and the scripts that are like its URL; null if they were not looked up. */
export type ScriptSearch = { readonly script: FoundScript | null; readonly similar: SimilarScripts | null };

/**
 * Finds the minified file of a frame: by its debug id, as the caller chose it, by release, dist and URL, or as the only file whose name is like the
 * URL. Runs at most nine statements, and two for all scripts of the event.
 */
export async function findScript(search: SearchContext, { url, debugId, choice }: WantedScript): Promise<ScriptSearch> {
  const id = normalizeDebugId(debugId ?? "");
  const byId = id === null ? null : await findByDebugId(search, id);
  if (byId !== null) return { script: { ...byId, foundBy: "debug-id", match: null }, similar: null };
  if (choice !== null && url !== null) {
    const chosen = await findChosen(search, choice);
    if (chosen !== null) return { script: chosen, similar: await search.findSimilar(url) };
  }
  if (url === null) return { script: null, similar: null };
  const [byName] = await findByName(search.db, search.event, [url, ...urlCandidates(url)]);
  if (byName !== undefined) return { script: { file: byName, foundBy: "name", map: null, match: null }, similar: null };
  // A frame with a debug id is of exactly that build.
  if (id !== null) return { script: null, similar: null };
  const similar = await search.findSimilar(url);
  return { script: onlyMatch(similar, search.event), similar };
}

async function findByDebugId({ db, event }: SearchContext, debugId: string): Promise<Pick<FoundScript, "file" | "map"> | null> {
  const files = await selectByDebugId(db, event.project, debugId);
  const file = newestOfKind(files, "script") ?? newestOfKind(files, "source");
  const map = newestOfKind(files, "map", file);
  return file === null && map === null ? null : { file, map };
}

async function findChosen(search: SearchContext, choice: string): Promise<FoundScript | null> {
  const id = normalizeDebugId(choice);
  const [byName = null] = id === null ? await findByName(search.db, search.event, [choice]) : [];
  const found = id === null ? { file: byName, map: null } : await findByDebugId(search, id);
  if (!found?.file) return null;
  return { ...found, foundBy: "match", match: { by: "choice", name: found.file.name, isUnversioned: false } };
}

/** Returns the only script that is like a URL; null if there are several, or if it may be of another version than the event's. */
function onlyMatch({ matches, isUnversioned }: SimilarScripts, { version }: StackEvent): FoundScript | null {
  const [only, ...others] = matches;
  if (only === undefined || others.length > 0) return null;
  const { script, by } = only;
  if (isUnversioned && version !== null && !isNameOfOneBuild(by.name)) return null;
  return { file: script.file, foundBy: "match", map: null, match: { by: by.from, name: by.name, isUnversioned } };
}

/** Returns the newest file of a kind, preferably one in the same bundle as `beside`. */
function newestOfKind(files: readonly StoredFile[], kind: StoredFile["kind"], beside: StoredFile | null = null): StoredFile | null {
  const all = files.filter((file) => file.kind === kind);
  return all.find(({ bundle }) => beside !== null && bundle?.id === beside.bundle?.id) ?? all[0] ?? null;
}

/** The source map of a script. */
export type FoundMap = {
  readonly by: "debug-id" | "name" | "inline";
  /** The map, or the script that contains it; null for a map in a header. */
  readonly file: StoredFile | null;
  readonly bytes: MapBytes;
};

export type MapSearch = {
  readonly reference: MapReference | null;
  /** The debug id of the script. */
  readonly debugId: string | null;
  readonly map: FoundMap | null;
  /** The name of the map that was looked up. */
  readonly wanted: string | null;
  /** Why the script could not be read, so that its map is unknown. */
  readonly problem: string | null;
};

/**
 * Finds the source map of a script: the map with the same debug id, else the one that the script refers to. Reads the script only if its headers
 * do not name a map.
 */
export async function findMap(search: SearchContext, { file, map }: FoundScript): Promise<MapSearch> {
  const reference = file === null ? null : mapReference({ headers: file.headers });
  const known = { reference, debugId: file?.debugId ?? null, map: null, wanted: null, problem: null };
  if (map !== null) return { ...known, debugId: known.debugId ?? map.debugId, map: uploadedMap(search, "debug-id", map) };
  if (file === null) return known;
  const sibling = await findMapByDebugId(search, file, known.debugId);
  if (sibling !== null) return { ...known, map: sibling };
  if (reference !== null) return { ...known, ...(await followReference(search, file, reference)) };
  try {
    const reading = await search.maps.readScript(lazyBytes(search.blobs, file));
    if (!reading.isRead) return { ...known, problem: reading.problem };
    const read = { ...known, reference: reading.reference, debugId: known.debugId ?? reading.debugId };
    const found = known.debugId === null ? await findMapByDebugId(search, file, reading.debugId) : null;
    if (found !== null) return { ...read, map: found };
    if (reading.reference === null) return read;
    return { ...read, ...(await followReference(search, file, reading.reference)) };
  } catch (error) {
    return { ...known, problem: problemMessage(error) };
  }
}

async function findMapByDebugId(search: SearchContext, script: StoredFile, debugId: string | null): Promise<FoundMap | null> {
  if (debugId === null) return null;
  const map = newestOfKind(await selectByDebugId(search.db, search.event.project, debugId), "map", script);
  return map === null ? null : uploadedMap(search, "debug-id", map);
}

/** Follows a reference into the script itself, to a file of the same bundle, or to a file of the same release and dist. */
async function followReference(
  search: SearchContext,
  script: StoredFile,
  { reference, isInline, from }: MapReference,
): Promise<Pick<MapSearch, "map" | "wanted">> {
  if (isInline) return { map: from === "comment" ? mapInScript(search, script) : mapInHeader(reference), wanted: null };
  const wanted = resolveReference(reference, script.name);
  if (wanted === null) return { map: null, wanted: reference };
  const map = await findBeside(search, script, [wanted, ...urlCandidates(wanted)]);
  return { map: map === null ? null : uploadedMap(search, "name", map), wanted };
}

/** Finds a file by its names: in the bundle of another file, or in the same release and dist. */
async function findBeside({ db, event }: SearchContext, { bundle }: StoredFile, wanted: readonly string[]): Promise<StoredFile | null> {
  const names = storableNames(wanted);
  const beside = bundle === null ? [] : sortByNames(names, await selectInBundle(db, bundle.id, names));
  return beside[0] ?? (await findByName(db, event, names))[0] ?? null;
}

const uploadedMap = ({ blobs }: SearchContext, by: FoundMap["by"], file: StoredFile): FoundMap => ({
  by,
  file,
  bytes: { ...lazyBytes(blobs, file), isInline: false },
});

const mapInScript = ({ blobs }: SearchContext, file: StoredFile): FoundMap => ({
  by: "inline",
  file,
  bytes: { ...lazyBytes(blobs, file), isInline: true },
});

/** Returns a map in a header as a script with the same reference in a comment. Headers are short, so this is cheap. */
function mapInHeader(reference: string): FoundMap {
  const script = Buffer.from(`//# sourceMappingURL=${reference}`);
  const key = createHash("sha256").update(script).digest("hex");
  return { by: "inline", file: null, bytes: { key, bytes: () => Promise.resolve(new Uint8Array(script)), isInline: true } };
}
