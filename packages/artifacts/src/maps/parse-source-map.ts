import { FlattenMap, TraceMap } from "@jridgewell/trace-mapping";
import { showSize } from "../archive/bundle-limits.ts";
import { readMapDebugId } from "../debug-ids/read-debug-id.ts";
import { jsonExcess } from "../json/json-excess.ts";
import { checkMap } from "./check-map.ts";
import { mapLimits, type MapLimits } from "./map-limits.ts";
import { MapProblem } from "./map-problem.ts";
import { SourceText } from "./source-text.ts";

/** A source map that was read once, to resolve any number of positions with. */
export interface SourceMap {
  readonly trace: TraceMap;
  readonly debugId: string | null;
  /** Of every source as the map names it, after `sourceRoot`. */
  readonly sources: readonly (string | null)[];
  /** The text of a source, when the map carries it. */
  contentOf(sourceIndex: number): SourceText | null;
  /** How many sources it carries the text of. */
  readonly contentCount: number;
  /** About how many bytes of memory it takes, mappings decoded. */
  readonly weight: number;
}

/** Reads a source map, plain or in sections, with or without the line that keeps it from being run as a script. Throws `MapProblem`. */
export function parseSourceMap(input: Uint8Array | string, limits: MapLimits = mapLimits): SourceMap {
  const size = typeof input === "string" ? Buffer.byteLength(input) : input.byteLength;
  if (size > limits.bytes)
    throw new MapProblem("too-large", `The source map has ${showSize(size)}; one may have ${showSize(limits.bytes)}.`);
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

/** The JSON object of a map, without a guarding first line as `)]}'`. Throws `MapProblem`. */
export function parseMapJson(input: Uint8Array | string, limits: MapLimits = mapLimits): object {
  const excess = jsonExcess(typeof input === "string" ? Buffer.from(input) : input, limits.json);
  if (excess !== null) {
    const why = excess === "depth" ? `is nested more than ${limits.json.depth} deep` : `holds more than ${limits.json.values} values`;
    throw new MapProblem("too-large", `The source map ${why}.`);
  }
  const text = typeof input === "string" ? input.replace(/^\ufeff/, "") : new TextDecoder().decode(input);
  try {
    const json: unknown = JSON.parse(text.startsWith(")]}") ? text.slice(text.indexOf("\n") + 1 || text.length) : text);
    if (typeof json === "object" && json !== null) return json;
  } catch (cause) {
    throw new MapProblem("not-a-map", "This is no source map: it is not JSON.", { cause });
  }
  throw new MapProblem("not-a-map", "This is no source map: it is no JSON object.");
}
