import { normalizeDebugId } from "@landfall/artifacts/debug-ids";
import { urlCandidates } from "@landfall/artifacts/urls";
import type { BlobStore } from "@landfall/db/blobs/blob-store";
import type { Reader } from "@landfall/db/store";
import type { ProjectRow } from "@landfall/db/tables/schema";
import type { Context } from "../../kernel/context.ts";
import type { MapReader } from "../../kernel/map-reader.ts";
import { findByName, selectByDebugId, type StackEvent } from "./find-files.ts";
import type { StoredFile } from "./stored-file.ts";

/** Where things are looked for, and for which event. */
export type SearchContext = { readonly db: Reader; readonly blobs: BlobStore; readonly maps: MapReader; readonly event: StackEvent };

/** A search for what belongs to an event of a project. */
export const createSearchContext = (
  { db, context: { blobs, maps }, project }: { readonly db: Reader; readonly context: Context; readonly project: ProjectRow },
  { release, dist = "" }: { readonly release?: string | undefined; readonly dist?: string | undefined },
): SearchContext => ({ db, blobs, maps: maps.forRequest(project.organizationId), event: { project, version: release || null, dist } });

/** What a frame tells of its script. */
export type WantedScript = { readonly url: string | null; readonly debugId: string | null };

export type FoundScript = {
  /** Null where only a map bears the frame's debug id: that suffices. */
  readonly file: StoredFile | null;
  readonly foundBy: "debug-id" | "name";
  /** The map with the frame's debug id. */
  readonly map: StoredFile | null;
};

/** The minified file of a frame: with its debug id, else of its release and dist with its address. At most three statements. */
export async function findScript({ db, event }: SearchContext, { url, debugId }: WantedScript): Promise<FoundScript | null> {
  const id = normalizeDebugId(debugId ?? "");
  const byId = id === null ? [] : await selectByDebugId(db, event.project, id);
  const file = newestOfKind(byId, "script") ?? newestOfKind(byId, "source");
  const map = newestOfKind(byId, "map", file);
  if (file !== null || map !== null) return { file, foundBy: "debug-id", map };
  if (url === null) return null;
  const [named] = await findByName(db, event, [url, ...urlCandidates(url)]);
  return named === undefined ? null : { file: named, foundBy: "name", map: null };
}

/** The newest file of a kind; one that was uploaded together with another before all. */
export function newestOfKind(files: readonly StoredFile[], kind: StoredFile["kind"], beside: StoredFile | null = null): StoredFile | null {
  const all = files.filter((file) => file.kind === kind);
  return all.find(({ bundle }) => beside !== null && bundle?.id === beside.bundle?.id) ?? all[0] ?? null;
}
