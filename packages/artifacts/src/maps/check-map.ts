import type { MapLimits } from "./map-limits.ts";
import { MapProblem } from "./map-problem.ts";

/** A source map's JSON, as far as it is checked before it is decoded. */
export type RawMap = {
  readonly version: 3;
  readonly sources: (string | null)[];
  readonly sourcesContent?: (string | null)[];
  readonly names: string[];
  readonly sourceRoot?: string;
  readonly mappings: string;
};
export type RawSections = {
  readonly version: 3;
  readonly sections: { readonly offset: { readonly line: number; readonly column: number }; readonly map: RawMap }[];
};

type Json = Readonly<Record<string, unknown>>;

/** What a map may still spend of its limits, over all of its sections. */
interface Budget {
  mappings: number;
  readonly lines: number;
}

/** Checks that JSON is a source map, plain or in sections, and takes along only what is used. Throws `MapProblem`. */
export function checkMap(json: unknown, limits: MapLimits): RawMap | RawSections {
  if (!isObject(json) || Number(json.version) !== 3) throw notAMap("it is no JSON object with version 3");
  const budget: Budget = { mappings: limits.mappings, lines: limits.lines };
  if (json.sections === undefined || json.sections === null) return checkPlain(json, budget, 0);
  if (!Array.isArray(json.sections) || json.sections.length > limits.sections)
    throw notAMap("its sections are no list, or too long a list");
  let last = { line: 0, column: 0 };
  const sections = json.sections.map((section: unknown) => {
    if (!isObject(section) || !isObject(section.offset) || !isObject(section.map)) throw notAMap("a section has no offset or no map");
    const offset = { line: count(section.offset.line, limits.lines), column: count(section.offset.column, Number.MAX_SAFE_INTEGER) };
    if (offset.line < last.line || (offset.line === last.line && offset.column < last.column))
      throw damaged("its sections are not in order");
    last = offset;
    return { offset, map: checkPlain(section.map, budget, offset.line) };
  });
  return { version: 3, sections };
}

function checkPlain(json: Json, budget: Budget, fromLine: number): RawMap {
  if (typeof json.mappings !== "string") throw notAMap("it has no mappings");
  budget.mappings -= json.mappings.length;
  if (budget.mappings < 0)
    throw new MapProblem("too-large", "The source map has more mappings than can be read. Split the script into smaller ones.");
  if (fromLine + countLines(json.mappings) > budget.lines)
    throw new MapProblem("too-large", `The source map speaks of more than ${budget.lines} lines.`);
  const content = json.sourcesContent ?? undefined;
  return {
    version: 3,
    mappings: json.mappings,
    sources: list(json.sources, "sources").map((source) => (typeof source === "string" ? source : null)),
    names: list(json.names ?? [], "names").map((name) => (typeof name === "string" ? name : "")),
    ...(content !== undefined && {
      sourcesContent: list(content, "sourcesContent").map((text) => (typeof text === "string" ? text : null)),
    }),
    ...(typeof json.sourceRoot === "string" && { sourceRoot: json.sourceRoot }),
  };
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw notAMap(`its ${name} are no list`);
}

function count(value: unknown, max: number): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= max) return value;
  throw damaged("a section's offset is no line and column");
}

function countLines(mappings: string): number {
  let lines = 1;
  for (let at = mappings.indexOf(";"); at !== -1; at = mappings.indexOf(";", at + 1)) lines += 1;
  return lines;
}

function notAMap(why: string): MapProblem {
  return new MapProblem("not-a-map", `This is no source map: ${why}.`);
}

function damaged(why: string): MapProblem {
  return new MapProblem("damaged", `The source map is damaged: ${why}. Build it again.`);
}
