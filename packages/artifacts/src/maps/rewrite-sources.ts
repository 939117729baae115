import { isObject, type JsonObject } from "../json.ts";

/** The changes to the sources of a map. */
export interface SourceRewrite {
  /** Prefixes to remove from the names of sources, with the slashes after them; of several that match, the first is used. */
  readonly strip: readonly string[];
  /** Texts to add for sources whose text the map does not contain, by the names that `sourcesWithoutText` returns. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Returns the names of the sources whose text a map, plain or in sections, does not contain; after `sourceRoot`. */
export function sourcesWithoutText(map: object): string[] {
  const names = plainMaps(map).flatMap((plain) => {
    const texts = listOf(plain["sourcesContent"]);
    return listOf(plain["sources"]).flatMap((source, index) =>
      typeof source === "string" && typeof texts[index] !== "string" ? [fullName(plain, source)] : [],
    );
  });
  return [...new Set(names)];
}

/** Returns the JSON of a map with rewritten sources; the same object if nothing changes. Mappings are not changed. */
export function rewriteSources(map: object, rewrite: SourceRewrite): object {
  const json = asJson(map);
  const sections = json["sections"];
  if (!Array.isArray(sections)) return rewritePlain(json, rewrite);
  const rewritten = sections.map((section: unknown) => {
    const inner = isObject(section) ? section["map"] : undefined;
    if (!isObject(section) || !isObject(inner)) return section;
    const after = rewriteSources(inner, rewrite);
    return after === inner ? section : { ...section, map: after };
  });
  return rewritten.every((section, index) => section === sections[index]) ? map : { ...json, sections: rewritten };
}

function rewritePlain(json: JsonObject, { strip, texts }: SourceRewrite): object {
  const sources = listOf(json["sources"]);
  const contents = listOf(json["sourcesContent"]);
  const renamed = sources.map((source) => (typeof source === "string" ? stripPrefix(source, strip) : source));
  const filled = sources.map((source, index) => {
    const content = contents[index] ?? null;
    return content === null && typeof source === "string" ? (texts.get(fullName(json, source)) ?? null) : content;
  });
  const isRenamed = renamed.some((name, index) => name !== sources[index]);
  const isFilled = filled.some((content, index) => content !== (contents[index] ?? null));
  if (!isRenamed && !isFilled) return json;
  return { ...json, ...(isRenamed ? { sources: renamed } : {}), ...(isFilled ? { sourcesContent: filled } : {}) };
}

function plainMaps(map: object): JsonObject[] {
  const json = asJson(map);
  const sections = json["sections"];
  if (!Array.isArray(sections)) return [json];
  return sections.flatMap((section: unknown) => (isObject(section) && isObject(section["map"]) ? [section["map"]] : []));
}

function fullName(json: JsonObject, source: string): string {
  const root = json["sourceRoot"];
  return typeof root === "string" && root !== "" ? `${root.replace(/\/$/, "")}/${source}` : source;
}

function stripPrefix(source: string, prefixes: readonly string[]): string {
  const prefix = prefixes.find((candidate) => candidate !== "" && source.startsWith(candidate));
  return prefix === undefined ? source : source.slice(prefix.length).replace(/^\/+/, "");
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** All keys of a JSON object are strings. */
const asJson = (map: object): JsonObject => map as JsonObject;
