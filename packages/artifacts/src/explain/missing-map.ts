import { mapReference } from "../map-reference.ts";
import { resolveReference } from "../urls.ts";

/** What of an uploaded minified file tells whether stack traces get past it. */
export interface Script {
  /** Its address; null for what is found by debug id alone. */
  readonly url: string | null;
  /** What it is called in its bundle. */
  readonly path: string;
  readonly debugId: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** The source maps that were uploaded beside it. */
export interface KnownMaps {
  readonly debugIds: ReadonlySet<string>;
  /** By address, or by path where there is none (`mapName`). */
  readonly names: ReadonlySet<string>;
}

/**
 * Why no stack trace gets past a minified file, told by what was said of it at the upload alone. "unreachable": it has no debug id and no
 * release, so that nothing leads to it. "unsaid": nothing says where its map is. "missing": the map that it names is not there, `map` being
 * its name, or its debug id where that is all that leads to it.
 */
export type MissingMap = { readonly reason: "unreachable" | "unsaid" } | { readonly reason: "missing"; readonly map: string };

/** What a file is known by among those of its bundle. */
export const mapName = ({ url, path }: Pick<Script, "url" | "path">): string => url ?? `~/${path}`;

/** What of a minified file is missing; null when its map was uploaded, or is inside of it. */
export function missingMap(script: Script, maps: KnownMaps, { hasRelease }: { readonly hasRelease: boolean }): MissingMap | null {
  const { debugId, headers } = script;
  if (debugId === null && !hasRelease) return { reason: "unreachable" };
  if (debugId !== null && maps.debugIds.has(debugId)) return null;
  const reference = mapReference({ headers });
  if (reference === null) return debugId === null ? { reason: "unsaid" } : { reason: "missing", map: debugId };
  if (reference.isInline) return null;
  const name = resolveReference(reference.reference, mapName(script));
  return name !== null && maps.names.has(name) ? null : { reason: "missing", map: name ?? reference.reference };
}
