import { FlattenMap, TraceMap } from "@jridgewell/trace-mapping";
import { showSize } from "../archive/bundle-limits.ts";
import { readMapDebugId } from "../debug-ids.ts";
import { isObject, type JsonBounds, jsonExcess, type JsonObject } from "../json.ts";
import { SourceText } from "./source-text.ts";

/** A parsed source map, which can resolve any number of positions. */
export interface SourceMap {
  readonly trace: TraceMap;
  readonly debugId: string | null;
  /** The names of the sources, after `sourceRoot`. */
  readonly sources: readonly (string | null)[];
  /** Returns the text of a source, if the map contains it. */
  contentOf(sourceIndex: number): SourceText | null;
  /** The number of sources whose text the map contains. */
  readonly contentCount: number;
  /** The approximate size in memory with decoded mappings, in bytes. */
  readonly weight: number;
}

/** Parses a source map, plain or in sections, with or without the first line that prevents it from running as a script. Throws `MapProblem`. */
export function parseSourceMap(input: Uint8Array | string, limits: MapLimits = mapLimits): SourceMap {
  const size = typeof input === "string" ? Buffer.byteLength(input) : input.byteLength;
  if (size > limits.bytes)
    throw new MapProblem("too-large", `The source map has ${showSize(size)}; the limit is ${showSize(limits.bytes)}.`);
  const json = parseMapJson(input, limits);
  const raw = checkMap(json, limits);
  const trace = "sections" in raw ? new FlattenMap(raw) : new TraceMap(raw);
  const mappings = "sections" in raw ? raw.sections.reduce((sum, { map }) => sum + map.mappings.length, 0) : raw.mappings.length;
  const contents = trace.sourcesContent ?? [];
  const texts = new Map<number, SourceText>();
  return {
    trace,
    debugId: readMapDebugId(json),
    sources: trace.resolvedSources.map((source) => source || null),
    contentCount: contents.filter((content) => typeof content === "string").length,
    weight: size * 2 + mappings * 24,
    contentOf(index) {
      const content = contents[index];
      if (typeof content !== "string") return null;
      const text = texts.get(index) ?? new SourceText(content);
      texts.set(index, text);
      return text;
    },
  };
}

/** Parses the JSON of a map, without a first line such as `)]}'`. Throws `MapProblem`. */
export function parseMapJson(input: Uint8Array | string, limits: MapLimits = mapLimits): object {
  const excess = jsonExcess(typeof input === "string" ? Buffer.from(input) : input, limits.json);
  if (excess !== null) {
    const why = excess === "depth" ? `is nested more than ${limits.json.depth} deep` : `has more than ${limits.json.values} values`;
    throw new MapProblem("too-large", `The source map ${why}.`);
  }
  const text = typeof input === "string" ? input.replace(/^\ufeff/, "") : new TextDecoder().decode(input);
  try {
    const json: unknown = JSON.parse(text.startsWith(")]}") ? text.slice(text.indexOf("\n") + 1 || text.length) : text);
    if (typeof json === "object" && json !== null) return json;
  } catch (cause) {
    throw new MapProblem("not-a-map", "This is not a source map: it is not JSON.", { cause });
  }
  throw new MapProblem("not-a-map", "This is not a source map: it is not a JSON object.");
}

/** The checked JSON of a source map, before its mappings are decoded. */
type RawMap = {
  readonly version: 3;
  readonly sources: (string | null)[];
  readonly sourcesContent?: (string | null)[];
  readonly names: string[];
  readonly sourceRoot?: string;
  readonly mappings: string;
};

type RawSections = {
  readonly version: 3;
  readonly sections: { readonly offset: { readonly line: number; readonly column: number }; readonly map: RawMap }[];
};

/** What is left of the limits for the sections of a map. */
interface Budget {
  mappings: number;
  readonly lines: number;
}

/** Checks that JSON is a source map, plain or in sections, and copies only what is used. Throws `MapProblem`. */
function checkMap(json: unknown, limits: MapLimits): RawMap | RawSections {
  if (!isObject(json) || Number(json.version) !== 3) throw notAMap("it is not a JSON object with version 3");
  const budget: Budget = { mappings: limits.mappings, lines: limits.lines };
  if (json.sections === undefined || json.sections === null) return checkPlain(json, budget, 0);
  if (!Array.isArray(json.sections) || json.sections.length > limits.sections)
    throw notAMap("its sections are not a list, or the list is too long");
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

function checkPlain(json: JsonObject, budget: Budget, fromLine: number): RawMap {
  if (typeof json.mappings !== "string") throw notAMap("it has no mappings");
  budget.mappings -= json.mappings.length;
  if (budget.mappings < 0)
    throw new MapProblem("too-large", "The source map has more mappings than can be read. Split the script into smaller ones.");
  if (fromLine + countLines(json.mappings) > budget.lines)
    throw new MapProblem("too-large", `The source map has more than ${budget.lines} lines.`);
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

function list(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw notAMap(`its ${name} are not a list`);
}

function count(value: unknown, max: number): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= max) return value;
  throw damaged("a section's offset has no line and column");
}

function countLines(mappings: string): number {
  let lines = 1;
  for (let at = mappings.indexOf(";"); at !== -1; at = mappings.indexOf(";", at + 1)) lines += 1;
  return lines;
}

function notAMap(why: string): MapProblem {
  return new MapProblem("not-a-map", `This is not a source map: ${why}.`);
}

function damaged(why: string): MapProblem {
  return new MapProblem("damaged", `The source map is damaged: ${why}. Build it again.`);
}

/** Bounds on a source map, which is read into memory. */
interface MapLimits {
  /** The JSON, in bytes. */
  readonly bytes: number;
  /** All `mappings` together, in characters: a segment takes 4 to 10 of them, and about 100 bytes of memory. */
  readonly mappings: number;
  /** The lines of the generated file. */
  readonly lines: number;
  readonly sections: number;
  /** The size of the parsed JSON. Most values are sources and names. */
  readonly json: JsonBounds;
}

export const mapLimits: MapLimits = {
  bytes: 128 * 1024 * 1024,
  mappings: 24 * 1024 * 1024,
  lines: 2_000_000,
  sections: 20_000,
  json: { depth: 64, values: 5_000_000 },
};

const brand = Symbol.for("landfall.artifacts.map-problem");

export type MapProblemCode = "too-large" | "not-a-map" | "damaged";

/** A problem of a source map. The message is shown to the user who uploaded it. */
export class MapProblem extends Error {
  readonly code: MapProblemCode;
  readonly [brand] = true;

  constructor(code: MapProblemCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "MapProblem";
    this.code = code;
  }
}

/** Whether an error is a `MapProblem`, even from another copy of this module. */
export function isMapProblem(error: unknown): error is MapProblem {
  return typeof error === "object" && error !== null && brand in error;
}

/** Decodes the source map in a `data:` URL. Throws `MapProblem`. */
export function decodeDataUrl(reference: string, maxBytes: number = mapLimits.bytes): Uint8Array {
  const match = /^data:([^,]{0,200}),/i.exec(reference.slice(0, 210));
  if (match === null) throw new MapProblem("not-a-map", "The reference of the script to its source map is not a data: URL.");
  const [head, parameters = ""] = match;
  const content = reference.slice(head.length);
  const isBase64 = /;\s*base64\s*$/i.test(parameters);
  // Decoding percent-encoded text never makes it longer; base64 gives 3 bytes for 4 characters.
  if (content.length > (isBase64 ? Math.ceil(maxBytes / 3) * 4 : maxBytes * 3)) throw tooLarge(maxBytes);
  const bytes = isBase64 ? Buffer.from(decode(content), "base64") : Buffer.from(decode(content));
  if (bytes.byteLength > maxBytes) throw tooLarge(maxBytes);
  return bytes;
}

function decode(content: string): string {
  try {
    return decodeURIComponent(content);
  } catch (cause) {
    throw new MapProblem("damaged", "The source map inside the script is not encoded correctly. Build the script again.", { cause });
  }
}

function tooLarge(maxBytes: number): MapProblem {
  return new MapProblem("too-large", `The source map inside the script is larger than ${showSize(maxBytes)}. Write it to a separate file.`);
}
