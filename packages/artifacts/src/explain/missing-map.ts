import { mapReference } from "../map-reference.ts";
import { resolveReference } from "../urls.ts";

/** The properties of an uploaded minified file that decide whether stack traces can be resolved with it. */
export interface Script {
  /** Null for a file that is found by debug id only. */
  readonly url: string | null;
  /** Its path in the bundle. */
  readonly path: string;
  readonly debugId: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** The source maps in the same bundle. */
export interface KnownMaps {
  readonly debugIds: ReadonlySet<string>;
  /** The URLs or paths of the maps (`mapName`). */
  readonly names: ReadonlySet<string>;
}

/**
 * Why stack traces cannot be resolved with a minified file, according to the manifest alone. "unreachable": it has no debug id and no release, so
 * it cannot be found. "no-reference": it has no reference to a map. "missing": its map was not uploaded; `map` is the name of the map, or its debug id
 * if there is no reference.
 */
export type MissingMap = { readonly reason: "unreachable" | "no-reference" } | { readonly reason: "missing"; readonly map: string };

/** The URL of a file, or its path as a URL if it has none. */
export const mapName = ({ url, path }: Pick<Script, "url" | "path">): string => url ?? `~/${path}`;

/** Returns the problem of a minified file; null if its map was uploaded, or is inline. */
export function missingMap(script: Script, maps: KnownMaps, { hasRelease }: { readonly hasRelease: boolean }): MissingMap | null {
  const { debugId, headers } = script;
  if (debugId === null && !hasRelease) return { reason: "unreachable" };
  if (debugId !== null && maps.debugIds.has(debugId)) return null;
  const reference = mapReference({ headers });
  if (reference === null) return debugId === null ? { reason: "no-reference" } : { reason: "missing", map: debugId };
  if (reference.isInline) return null;
  const name = resolveReference(reference.reference, mapName(script));
  return name !== null && maps.names.has(name) ? null : { reason: "missing", map: name ?? reference.reference };
}
