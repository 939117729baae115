import { decodedMappings, type SourceMapSegment, traceSegment } from "@jridgewell/trace-mapping";
import type { SourceMap } from "./parse-source-map.ts";
import type { SourceContext } from "./source-text.ts";

/** A place in a generated file. */
export interface Position {
  /** 1-based, as everyone counts lines. */
  readonly line: number;
  /** 1-based as in stack traces and events, unless `columnBase` says otherwise. Null when the frame tells none: then the line's first. */
  readonly column: number | null;
  /** What the first column is called: 1 in stack traces of all browsers and in events, 0 in source maps and many tools. 1 when left out. */
  readonly columnBase?: 0 | 1;
}

/** Where a position comes from, or why the map does not tell. Columns are counted as in the position that was asked for. */
export type Resolution =
  | {
      readonly isFound: true;
      readonly source: string;
      readonly line: number;
      readonly column: number;
      /** What the identifier at this place was called before it was minified; null when it was not renamed, or is none. */
      readonly name: string | null;
      /** Null when the map does not carry the source's text, or the text has no such line. */
      readonly context: SourceContext | null;
    }
  | {
      readonly isFound: false;
      /** `outside`: the map says nothing of this line, or nothing so early in it. `unmapped`: it says that this code has no source. */
      readonly why: "outside" | "unmapped";
    };

/** Resolves one position, with `around` lines of source on either side. */
export function resolvePosition(map: SourceMap, { line, column, columnBase = 1 }: Position, around = 5): Resolution {
  const segment = segmentAt(map, line, column === null ? null : Math.trunc(column) - columnBase);
  if (segment === null) return { isFound: false, why: "outside" };
  if (segment.length === 1) return { isFound: false, why: "unmapped" };
  const [, sourceIndex, sourceLine, sourceColumn, nameIndex] = segment;
  const source = map.sources[sourceIndex] ?? null;
  if (source === null || sourceLine < 0 || sourceColumn < 0) return { isFound: false, why: "unmapped" };
  return {
    isFound: true,
    source,
    line: sourceLine + 1,
    column: sourceColumn + columnBase,
    name: (nameIndex !== undefined && map.trace.names[nameIndex]) || null,
    context: map.contentOf(sourceIndex)?.context(sourceLine + 1, sourceColumn, around) ?? null,
  };
}

function segmentAt({ trace }: SourceMap, line: number, column: number | null): Readonly<SourceMapSegment> | null {
  if (!Number.isSafeInteger(line) || line < 1) return null;
  if (column === null) return decodedMappings(trace)[line - 1]?.find(({ length }) => length > 1) ?? null;
  return Number.isSafeInteger(column) && column >= 0 ? traceSegment(trace, line - 1, column) : null;
}
