import { encodedMappings, type SourceMapSegment, TraceMap } from "@jridgewell/trace-mapping";

export type LargeMap = {
  /** The map as JSON, about 4 MiB: a script in one line, built from many sources, with their texts. */
  readonly text: string;
  /** Positions throughout the script; lines start at 1 and columns at 0, as in source maps. */
  readonly positions: readonly { readonly line: number; readonly column: number }[];
};

const SOURCES = 300;
const LINES = 200;
/** Mapped positions per source line. */
const PLACES = 4;
const NAMES = 2000;

/** Creates a map like that of a large application, and `count` positions in it. */
export function largeMap(count: number): LargeMap {
  const segments: SourceMapSegment[] = [];
  let column = 0;
  for (let source = 0; source < SOURCES; source += 1) {
    for (let place = 0; place < LINES * PLACES; place += 1) {
      const line = Math.floor(place / PLACES);
      const at = (place % PLACES) * 9 + 2;
      if (place % 3 === 0) segments.push([column, source, line, at, (source * 31 + place) % NAMES]);
      else segments.push([column, source, line, at]);
      column += 3 + ((source + place) % 11);
    }
  }
  const shape = {
    version: 3 as const,
    sources: Array.from({ length: SOURCES }, (_, source) => `../src/feature-${source % 40}/part-${source}.ts`),
    names: Array.from({ length: NAMES }, (_, name) => `readable${name}`),
  };
  const mappings = encodedMappings(new TraceMap({ ...shape, mappings: [segments] }));
  const sourcesContent = shape.sources.map((_, source) => sourceText(source));
  const step = Math.floor(segments.length / count);
  const positions = Array.from({ length: count }, (_, index) => ({ line: 1, column: segments[index * step]?.[0] ?? 0 }));
  return { text: JSON.stringify({ ...shape, sourcesContent, mappings }), positions };
}

const sourceText = (source: number): string =>
  Array.from({ length: LINES }, (_, line) => `  const value${line} = compute${(source + line) % 97}(first, "${source}");`).join("\n");
