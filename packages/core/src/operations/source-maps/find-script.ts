import { normalizeDebugId } from "@landfall/artifacts/debug-ids";
import { urlCandidates } from "@landfall/artifacts/urls";
import type { BlobStore } from "@landfall/db/blobs/blob-store";
import type { Reader } from "@landfall/db/store";
import type { ProjectRow } from "@landfall/db/tables/schema";
import type { Context } from "../../kernel/context.ts";
import type { MapReader } from "../../kernel/map-reader.ts";
import { findByName, selectByDebugId, type StackEvent } from "./find-files.ts";
import type { StoredFile } from "./stored-file.ts";

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
export function newestOfKind(files: readonly StoredFile[], kind: StoredFile["kind"], beside: StoredFile | null = null): StoredFile | null {
  const all = files.filter((file) => file.kind === kind);
  return all.find(({ bundle }) => beside !== null && bundle?.id === beside.bundle?.id) ?? all[0] ?? null;
}
