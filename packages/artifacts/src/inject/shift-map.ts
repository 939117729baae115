import { decodedMappings, encodedMappings, presortedDecodedMap, type SourceMapSegment, TraceMap } from "@jridgewell/trace-mapping";
import { isObject } from "../json.ts";
import { MapProblem } from "../maps/parse-source-map.ts";

/** Lines inserted into a generated file. The code at `line` and `column` (0-based) and after it moves down by `lines`. */
export interface Insertion {
  readonly line: number;
  readonly column: number;
  readonly lines: number;
}

/** Returns the JSON of a source map for the file with the inserted lines. Only mappings change. Throws `MapProblem`. */
export function shiftMap(map: object, insertion: Insertion): object {
  const sections: unknown = Reflect.get(map, "sections");
  if (Array.isArray(sections)) return { ...map, sections: sections.map((section: unknown) => shiftSection(section, insertion)) };
  const mappings: unknown = Reflect.get(map, "mappings");
  if (typeof mappings !== "string") throw new MapProblem("not-a-map", "This is not a source map: it has no mappings.");
  return { ...map, mappings: shiftMappings(mappings, insertion) };
}

function shiftSection(section: unknown, { line, column, lines }: Insertion): object {
  const [offset, map] = isObject(section) ? [section.offset, section.map] : [];
  if (
    !isObject(section) ||
    !isObject(offset) ||
    !isObject(map) ||
    !Number.isSafeInteger(offset.line) ||
    !Number.isSafeInteger(offset.column)
  ) {
    throw new MapProblem("not-a-map", "This is not a source map: a section has no offset or no map.");
  }
  const from = { line: Number(offset.line), column: Number(offset.column) };
  if (from.line > line) return { ...section, offset: { line: from.line + lines, column: from.column } };
  if (from.line === line && from.column >= column) return { ...section, offset: { line: line + lines, column: from.column - column } };
  return { ...section, map: shiftMap(map, { line: line - from.line, column: from.line === line ? column - from.column : column, lines }) };
}

/** Decodes only the line with the insertion. All numbers except columns are relative across lines, so inserted empty lines do not change them. */
function shiftMappings(mappings: string, { line, column, lines }: Insertion): string {
  let start = 0;
  for (let passed = 0; passed < line; passed += 1) {
    const separator = mappings.indexOf(";", start);
    if (separator === -1) return mappings;
    start = separator + 1;
  }
  if (column === 0) return mappings.slice(0, start) + ";".repeat(lines) + mappings.slice(start);
  const separator = mappings.indexOf(";", start);
  const end = separator === -1 ? mappings.length : separator;
  return mappings.slice(0, start) + splitLine(mappings.slice(start, end), column, lines) + mappings.slice(end);
}

function splitLine(encoded: string, column: number, lines: number): string {
  const segments = decodedMappings(new TraceMap({ version: 3, sources: [], names: [], mappings: encoded }))[0] ?? [];
  const before = segments.filter((segment) => segment[0] < column);
  const after = segments.filter((segment) => segment[0] >= column).map((segment) => moveLeft(segment, column));
  const between: SourceMapSegment[][] = Array.from({ length: lines - 1 }, () => []);
  return encodedMappings(presortedDecodedMap({ version: 3, sources: [], names: [], mappings: [[...before], ...between, after] }));
}

function moveLeft(segment: Readonly<SourceMapSegment>, by: number): SourceMapSegment {
  if (segment.length === 1) return [segment[0] - by];
  const [column, source, line, sourceColumn] = segment;
  return segment.length === 4 ? [column - by, source, line, sourceColumn] : [column - by, source, line, sourceColumn, segment[4]];
}
