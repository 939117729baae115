import { createHash } from "node:crypto";
import { normalizeDebugId } from "@landfall/artifacts/debug-ids";
import { type MapReference, mapReference } from "@landfall/artifacts/map-reference";
import { resolveReference, urlCandidates } from "@landfall/artifacts/urls";
import type { BlobStore } from "@landfall/db/blobs/blob-store";
import type { Reader } from "@landfall/db/store";
import type { ProjectRow } from "@landfall/db/tables/schema";
import type { Context } from "../../kernel/context.ts";
import type { MapBytes, MapReader } from "../../kernel/map-reader.ts";
import { findByName, selectByDebugId, selectInBundle, sortByNames, type StackEvent, storableNames } from "./find-files.ts";
import { lazyBytes, problemMessage, type StoredFile } from "./stored-file.ts";

/** The event whose files are looked up, and where to look. */
export type SearchContext = { readonly db: Reader; readonly blobs: BlobStore; readonly maps: MapReader; readonly event: StackEvent };

/** Creates the search for the files of an event of a project. */
export const createSearchContext = (
  { db, context: { blobs, maps }, project }: { readonly db: Reader; readonly context: Context; readonly project: ProjectRow },
  { release, dist = "" }: { readonly release?: string | undefined; readonly dist?: string | undefined },
): SearchContext => ({ db, blobs, maps: maps.forRequest(project.organizationId), event: { project, version: release || null, dist } });

/** The properties of a frame that identify its script. */
export type WantedScript = { readonly url: string | null; readonly debugId: string | null };

export type FoundScript = {
  /** Null if only a map has the debug id of the frame, which is enough. */
  readonly file: StoredFile | null;
  readonly foundBy: "debug-id" | "name";
  /** The map with the debug id of the frame. */
  readonly map: StoredFile | null;
};

/** Finds the minified file of a frame by its debug id, else by release, dist and URL. Runs at most three statements. */
export async function findScript({ db, event }: SearchContext, { url, debugId }: WantedScript): Promise<FoundScript | null> {
  const id = normalizeDebugId(debugId ?? "");
  const byId = id === null ? [] : await selectByDebugId(db, event.project, id);
  const file = newestOfKind(byId, "script") ?? newestOfKind(byId, "source");
  const map = newestOfKind(byId, "map", file);
  if (file !== null || map !== null) return { file, foundBy: "debug-id", map };
  if (url === null) return null;
  const [byName] = await findByName(db, event, [url, ...urlCandidates(url)]);
  return byName === undefined ? null : { file: byName, foundBy: "name", map: null };
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
  const sibling = await findByDebugId(search, file, known.debugId);
  if (sibling !== null) return { ...known, map: sibling };
  if (reference !== null) return { ...known, ...(await followReference(search, file, reference)) };
  try {
    const reading = await search.maps.readScript(lazyBytes(search.blobs, file));
    if (!reading.isRead) return { ...known, problem: reading.problem };
    const read = { ...known, reference: reading.reference, debugId: known.debugId ?? reading.debugId };
    const found = known.debugId === null ? await findByDebugId(search, file, reading.debugId) : null;
    if (found !== null) return { ...read, map: found };
    if (reading.reference === null) return read;
    return { ...read, ...(await followReference(search, file, reading.reference)) };
  } catch (error) {
    return { ...known, problem: problemMessage(error) };
  }
}

async function findByDebugId(search: SearchContext, script: StoredFile, debugId: string | null): Promise<FoundMap | null> {
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
