import { MapCache } from "@landfall/artifacts/maps/map-cache";
import { isMapProblem } from "@landfall/artifacts/maps/map-problem";
import { parseSourceMap } from "@landfall/artifacts/maps/parse-source-map";
import { resolvePosition } from "@landfall/artifacts/maps/resolve-position";
import type { MapReader, MapReaders, ScriptReading, Unread } from "./map-reader.ts";
import { inlineMapOf, readScript } from "./read-script.ts";

/** The most scripts whose comments are cached. */
const MAX_CACHED_SCRIPTS = 1000;

/** The most names in the list of sources without text. */
const MAX_NAMES = 5;

/** The same reader for every request: for commands and tests, which have one caller. */
export const sharedReader = (reader: MapReader): MapReaders => ({ forRequest: () => reader });

/** Reads on the calling thread, one file after the other: for the workers of a server, for commands and tests. */
export function inProcessMapReader(maps: MapCache = new MapCache()): MapReader {
  const scripts = new Map<string, ScriptReading>();
  let last: Promise<unknown> = Promise.resolve();

  /** Two large maps are not held at once. */
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
