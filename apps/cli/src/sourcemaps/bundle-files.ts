import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { posix } from "node:path";
import type { NewBundleFile } from "@landfall/artifacts/bundles/write-bundle";
import { parseMapJson } from "@landfall/artifacts/maps/parse-source-map";
import { rewriteSources } from "@landfall/artifacts/maps/rewrite-sources";
import type { Build, BuiltMap } from "./read-build.ts";

export type BundleFileOptions = {
  /** The prefix of all URLs: `~/`, `~/static`, `https://cdn.example.com/app`. */
  readonly urlPrefix: string;
  /** The suffix of all URLs, such as `?v=1`. */
  readonly urlSuffix: string;
  /** Prefixes to remove from source names in maps. */
  readonly stripPrefix: readonly string[];
  /** Paths of sources whose text is not in the map, by the path of the map and the name of the source. */
  readonly sources: ReadonlyMap<string, ReadonlyMap<string, string>>;
};

/** A file of a bundle with its path on this machine. */
export type PlannedFile = NewBundleFile & { readonly path: string };

/** Returns the files of a bundle for a build, with their URLs on the server. */
export function bundleFiles({ scripts, maps }: Build, options: BundleFileOptions): PlannedFile[] {
  const urlOf = (name: string): string => `${prefixOf(options.urlPrefix)}${name}${options.urlSuffix}`;
  const idByMap = new Map(scripts.flatMap(({ map, debugId }) => (map === null || map === "inline" ? [] : [[map.path, debugId] as const])));
  return [
    ...scripts.map(({ file, debugId, map }): PlannedFile => {
      const mapName = map === null || map === "inline" ? null : map.name;
      const mapReference = mapName === null ? null : `${posix.relative(posix.dirname(file.name), mapName)}${options.urlSuffix}`;
      const { path } = file;
      return { path, url: urlOf(file.name), type: "minified_source", debugId, mapReference, open: () => createReadStream(path) };
    }),
    ...maps.map((map): PlannedFile => {
      const { path, name } = map.file;
      const debugId = map.debugId ?? idByMap.get(path) ?? null;
      return { path, url: urlOf(name), type: "source_map", debugId, mapReference: null, open: () => mapContent(map, options) };
    }),
  ];
}

/** Returns `~/static/` for `~/static`, `/static`, and `static`: URLs on the server start with `~` or a scheme. */
function prefixOf(option: string): string {
  const [, origin = "", path = ""] = /^(~|[a-z][a-z\d+.-]*:\/\/[^/]*)?(.*)$/is.exec(option) ?? [];
  const folder = path.replace(/^\/+|\/+$/g, "");
  return `${origin || "~"}/${folder === "" ? "" : `${folder}/`}`;
}

function mapContent(map: BuiltMap, options: BundleFileOptions): AsyncIterable<Uint8Array> {
  const sources = options.sources.get(map.file.path) ?? new Map<string, string>();
  if (map.problem !== null || (sources.size === 0 && options.stripPrefix.length === 0)) return createReadStream(map.file.path);
  return rewrittenMap(map.file.path, sources, options.stripPrefix);
}

async function* rewrittenMap(path: string, sources: ReadonlyMap<string, string>, strip: readonly string[]): AsyncGenerator<Uint8Array> {
  const bytes = await readFile(path);
  const texts = new Map<string, string>();
  for (const [name, source] of sources) texts.set(name, await readFile(source, "utf8"));
  const json = parseMapJson(bytes);
  const after = rewriteSources(json, { strip, texts });
  yield after === json ? bytes : Buffer.from(JSON.stringify(after));
}
