import { readDebugId } from "@landfall/artifacts/debug-ids";
import { type MapReference, mapReference } from "@landfall/artifacts/map-reference";
import { MapCache } from "@landfall/artifacts/maps/map-cache";
import { decodeDataUrl, isMapProblem, parseSourceMap } from "@landfall/artifacts/maps/parse-source-map";
import { type Position, type Resolution, resolvePosition } from "@landfall/artifacts/maps/resolve-position";

/** Gives each request a reader of its own, so that one organization cannot keep the others waiting. */
export interface MapReaders {
  /**
   * Returns a reader for one request. Its files wait in the organization's queue, the queues take turns, and all files of the request
   * share one budget of reading time.
   */
  forRequest(organizationId: number): MapReader;
}

/**
 * Reads scripts and source maps, which can take seconds of CPU time: the server reads them in worker threads. Results are cached under the
 * key of the bytes.
 *
 * Every method throws what `bytes` throws, and `unavailable` when too many requests are waiting. Invalid files, and a budget that is used up,
 * are returned as `Unread`.
 */
export interface MapReader {
  /** Returns the debug id and the map reference in the comments of a script. */
  readScript(script: LazyBytes): Promise<ScriptReading | Unread>;
  /** Resolves positions, in the order given. The map is read once for all of them. */
  resolve(map: MapBytes, positions: readonly Position[]): Promise<MapReading | Unread>;
  /** Returns how many sources a map lists, and which of them have no text. Not cached. */
  checkSources(map: LazyBytes): Promise<SourcesReading | Unread>;
}

/** Bytes that are fetched only if the result for their key is not cached. */
export type LazyBytes = {
  /** The same for the same bytes, and for no others. */
  readonly key: string;
  /** Called at most once. The reader owns the returned bytes. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
};

/** A source map, or a script that has one in its `sourceMappingURL` comment. */
export type MapBytes = LazyBytes & { readonly isInline: boolean };

export type ScriptReading = {
  readonly isRead: true;
  readonly debugId: string | null;
  /** Only `data:` for a map inside the script. */
  readonly reference: MapReference | null;
};

export type MapReading = { readonly isRead: true; readonly debugId: string | null; readonly resolutions: readonly Resolution[] };

export type SourcesReading = {
  readonly isRead: true;
  readonly sources: number;
  readonly withText: number;
  /** The first few names without text; "" for a source without a name. */
  readonly without: readonly string[];
};

/** The reason why a file could not be read, as a sentence. */
export type Unread = { readonly isRead: false; readonly problem: string };

/** The most scripts whose comments are cached. */
const MAX_CACHED_SCRIPTS = 1000;

/** The most names in the list of sources without text. */
const MAX_NAMES = 5;

/** Uses the same reader for every request, for commands and tests, which have one caller. */
export const sharedReader = (reader: MapReader): MapReaders => ({ forRequest: () => reader });

/** Reads on the calling thread, one file after the other: for the workers of a server, for commands and tests. */
export function inProcessMapReader(maps: MapCache = new MapCache()): MapReader {
  const scripts = new Map<string, ScriptReading>();
  let last: Promise<unknown> = Promise.resolve();

  /** Runs work one at a time, so that only one large map is in memory. */
  function inTurn<T>(work: () => Promise<T>): Promise<T | Unread> {
    const turn = last.then(work).catch((error: unknown) => {
      if (!isMapProblem(error)) throw error;
      return { isRead: false, problem: error.message } as const;
    });
    last = turn.catch(() => {});
    return turn;
  }

  return {
    readScript: ({ key, bytes }) =>
      inTurn(async () => {
        const reading = scripts.get(key) ?? readScript(await bytes());
        scripts.delete(key);
        scripts.set(key, reading);
        const [oldest] = scripts.keys();
        if (scripts.size > MAX_CACHED_SCRIPTS && oldest !== undefined) scripts.delete(oldest);
        return reading;
      }),
    resolve: ({ key, bytes, isInline }, positions) =>
      inTurn(async () => {
        const load = async () => parseSourceMap(isInline ? inlineMapOf(await bytes()) : await bytes());
        const map = await maps.get(isInline ? `${key}#inline` : key, load);
        return { isRead: true, debugId: map.debugId, resolutions: positions.map((position) => resolvePosition(map, position)) };
      }),
    checkSources: ({ bytes }) =>
      inTurn(async () => {
        const { sources, contentOf, contentCount } = parseSourceMap(await bytes());
        const without = sources.filter((_, index) => contentOf(index) === null);
        return {
          isRead: true,
          sources: sources.length,
          withText: contentCount,
          without: without.slice(0, MAX_NAMES).map((name) => name ?? ""),
        };
      }),
  };
}

/** Longer references are cut: no file has such a long name. */
const LONGEST_REFERENCE = 8192;

/** Returns the debug id and the map reference in the comments of a script. */
function readScript(bytes: Uint8Array): ScriptReading {
  const text = new TextDecoder().decode(bytes);
  const reference = mapReference({ text });
  if (reference === null) return { isRead: true, debugId: readDebugId(text), reference };
  const shown = reference.isInline ? "data:" : reference.reference.slice(0, LONGEST_REFERENCE);
  return { isRead: true, debugId: readDebugId(text), reference: { ...reference, reference: shown } };
}

/** The source map inside a script. Throws `MapProblem`. */
function inlineMapOf(bytes: Uint8Array): Uint8Array {
  return decodeDataUrl(mapReference({ text: new TextDecoder().decode(bytes) })?.reference ?? "");
}
