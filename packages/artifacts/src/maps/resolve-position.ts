import { decodedMappings, type SourceMapSegment, traceSegment } from "@jridgewell/trace-mapping";
import type { SourceMap } from "./parse-source-map.ts";
import type { SourceContext } from "./source-text.ts";

/** A position in a generated file. */
export interface Position {
  /** 1-based. */
  readonly line: number;
  /** Counted from `columnBase`. Null if the frame has no column: then the first mapping of the line is used. */
  readonly column: number | null;
  /** The number of the first column: 1 in stack traces of all browsers and in events, 0 in source maps and many tools. Default: 1. */
  readonly columnBase?: 0 | 1;
}

/** The source position of a position, or why the map does not have it. Columns are counted like in the given position. */
export type Resolution =
  | {
      readonly isFound: true;
      readonly source: string;
      readonly line: number;
      readonly column: number;
      /** The original name of the identifier at this position; null if it was not renamed, or if there is no identifier. */
      readonly name: string | null;
      /** Null if the map does not contain the text of the source, or the text has no such line. */
      readonly context: SourceContext | null;
    }
  | {
      readonly isFound: false;
      /** `outside`: the map has no mapping at or before this position in the line. `unmapped`: the map declares that this code has no source. */
      readonly why: "outside" | "unmapped";
    };

/** Resolves one position, with `around` lines of source before and after it. */
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
