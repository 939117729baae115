import { createHash } from "node:crypto";
import { type MapReference, mapReference } from "@landfall/artifacts/map-reference";
import { resolveReference, urlCandidates } from "@landfall/artifacts/urls";
import type { MapBytes } from "../../kernel/map-reader.ts";
import { findByName, selectByDebugId, selectInBundle, sortByNames, storableNames } from "./find-files.ts";
import { type FoundScript, newestOfKind, type SearchContext } from "./find-script.ts";
import { lazyBytes, problemMessage, type StoredFile } from "./stored-file.ts";

/** A script's source map. */
export type FoundMap = {
  readonly by: "debug-id" | "name" | "inline";
  /** The file it is, or is in; null for one in a header. */
  readonly file: StoredFile | null;
  readonly bytes: MapBytes;
};

export type MapSearch = {
  readonly reference: MapReference | null;
  /** The script's own. */
  readonly debugId: string | null;
  readonly map: FoundMap | null;
  /** The name it was looked for by. */
  readonly wanted: string | null;
  /** Why the script could not be read; then nothing is known of its map. */
  readonly problem: string | null;
};

/** The source map of a script: with the same debug id, else the one it refers to. Its bytes are read only where its headers do not tell. */
export async function findMap(search: SearchContext, { file, map }: FoundScript): Promise<MapSearch> {
  const told = file === null ? null : mapReference({ headers: file.headers });
  const known = { reference: told, debugId: file?.debugId ?? null, map: null, wanted: null, problem: null };
  if (map !== null) return { ...known, debugId: known.debugId ?? map.debugId, map: uploadedMap(search, "debug-id", map) };
  if (file === null) return known;
  const sibling = await findByDebugId(search, file, known.debugId);
  if (sibling !== null) return { ...known, map: sibling };
  if (told !== null) return { ...known, ...(await followReference(search, file, told)) };
  try {
    const reading = await search.maps.readScript(lazyBytes(search.blobs, file));
    if (!reading.isRead) return { ...known, problem: reading.problem };
    const { reference, debugId } = reading;
    const own = { ...known, reference, debugId: known.debugId ?? debugId };
    const found = known.debugId === null ? await findByDebugId(search, file, debugId) : null;
    return { ...own, ...(found !== null ? { map: found } : reference === null ? {} : await followReference(search, file, reference)) };
  } catch (error) {
    return { ...known, problem: problemMessage(error) };
  }
}

async function findByDebugId(search: SearchContext, script: StoredFile, debugId: string | null): Promise<FoundMap | null> {
  if (debugId === null) return null;
  const map = newestOfKind(await selectByDebugId(search.db, search.event.project, debugId), "map", script);
  return map === null ? null : uploadedMap(search, "debug-id", map);
}

/** What a reference leads to: into the script itself, to a file of the same bundle, to one of the same release and dist. */
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

/** A file by its names: in the bundle of another, or in the same release and dist. */
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

/** Headers are short, so a map in one is handed on as a script that says the same in a comment. */
function mapInHeader(reference: string): FoundMap {
  const script = Buffer.from(`//# sourceMappingURL=${reference}`);
  const key = createHash("sha256").update(script).digest("hex");
  return { by: "inline", file: null, bytes: { key, bytes: () => Promise.resolve(new Uint8Array(script)), isInline: true } };
}
