type Json = Readonly<Record<string, unknown>>;

/** What of a map's sources is to be other than it is. */
export interface SourceRewrite {
  /** Cut from the beginning of sources' names, the first that fits; slashes that are left there too. */
  readonly strip: readonly string[];
  /** Texts for sources that the map does not carry the text of, by `sourcesWithoutText`'s names. */
  readonly texts: ReadonlyMap<string, string>;
}

/** The sources of a map, plain or in sections, whose text it does not carry, as it names them after `sourceRoot`. */
export function sourcesWithoutText(map: object): string[] {
  const names = plainMaps(map).flatMap((plain) => {
    const texts = listOf(plain["sourcesContent"]);
    return listOf(plain["sources"]).flatMap((source, index) =>
      typeof source === "string" && typeof texts[index] !== "string" ? [fullName(plain, source)] : [],
    );
  });
  return [...new Set(names)];
}

/** The JSON of a map with its sources named and filled as asked; the same object when nothing changes. Mappings are left alone. */
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

function rewritePlain(json: Json, { strip, texts }: SourceRewrite): object {
  const sources = listOf(json["sources"]);
  const contents = listOf(json["sourcesContent"]);
  const named = sources.map((source) => (typeof source === "string" ? stripPrefix(source, strip) : source));
  const filled = sources.map((source, index) => {
    const content = contents[index] ?? null;
    return content === null && typeof source === "string" ? (texts.get(fullName(json, source)) ?? null) : content;
  });
  const isRenamed = named.some((name, index) => name !== sources[index]);
  const isFilled = filled.some((content, index) => content !== (contents[index] ?? null));
  if (!isRenamed && !isFilled) return json;
  return { ...json, ...(isRenamed ? { sources: named } : {}), ...(isFilled ? { sourcesContent: filled } : {}) };
}

function plainMaps(map: object): Json[] {
  const json = asJson(map);
  const sections = json["sections"];
  if (!Array.isArray(sections)) return [json];
  return sections.flatMap((section: unknown) => (isObject(section) && isObject(section["map"]) ? [section["map"]] : []));
}

function fullName(json: Json, source: string): string {
  const root = json["sourceRoot"];
  return typeof root === "string" && root !== "" ? `${root.replace(/\/$/, "")}/${source}` : source;
}

function stripPrefix(source: string, prefixes: readonly string[]): string {
  const prefix = prefixes.find((one) => one !== "" && source.startsWith(one));
  return prefix === undefined ? source : source.slice(prefix.length).replace(/^\/+/, "");
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** JSON objects have no other keys than texts. */
const asJson = (map: object): Json => map as Json;
