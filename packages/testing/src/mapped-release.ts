import type { App } from "@landfall/core/app";
import type { Context } from "@landfall/core/context";
import { resolveStack } from "@landfall/core/source-maps/resolve-stack";
import type { ResolvedStackView } from "@landfall/schema/views/resolved-stack";
import { uploadBundle } from "./upload-bundle.ts";

/** Which release of which project is given a script, and how large its map is at the least. */
export type MappedRelease = {
  readonly organization: string;
  readonly project: string;
  readonly version: string;
  readonly mapBytes: number;
};

/** A release with one script and its source map. */
export type Mapped = {
  /** How many bytes the map has. */
  readonly mapBytes: number;
  /** Resolves a trace of so many calls, each at another place, through the operation. Throws unless every one of them is resolved. */
  resolve(context: Context, calls: number): Promise<ResolvedStackView>;
};

/** Lines of each source, and segments of each line of the script. */
const LINES = 500;
const SEGMENTS = 10;

const TEXT = Array.from({ length: LINES }, (_, line) => `export const value${line} = ${line}; // as long as such lines are`).join("\n");

/**
 * Uploads `~/app.js` with a map of many sources and lines, for measurements. Of the map's size about half is mappings, as in maps of real
 * bundles.
 */
export async function mappedRelease(app: App, uploader: Context, { mapBytes, ...about }: MappedRelease): Promise<Mapped> {
  const { organization, project, version } = about;
  const sources = Math.max(1, Math.ceil(mapBytes / (mappingsOf(1).length + TEXT.length)));
  const map = JSON.stringify({
    version: 3,
    sources: Array.from({ length: sources }, (_, index) => `src/module-${index}.ts`),
    sourcesContent: Array.from({ length: sources }, () => TEXT),
    names: [],
    mappings: mappingsOf(sources),
  });
  const files = {
    "app.js": { url: "~/app.js", type: "minified_source", headers: { sourcemap: "app.js.map" }, content: "f();\n".repeat(LINES) },
    "app.js.map": { url: "~/app.js.map", type: "source_map", headers: {}, content: map },
  };
  await uploadBundle(app, uploader, { organization, projects: [project], version, parts: { files } });
  return {
    mapBytes: Buffer.byteLength(map),
    async resolve(context, calls) {
      const lines = sources * LINES;
      const places = Array.from({ length: calls }, (_, index) => `${((index * 7919) % lines) + 1}:${((index * 31) % (SEGMENTS * 10)) + 1}`);
      const stack = places.map((place) => `    at f (https://shop.example/app.js:${place})`).join("\n");
      const answer = await resolveStack(context, { organization, project, release: version, stack });
      const whole = answer.lines.filter(({ frame }) => frame?.original?.context);
      if (whole.length !== calls) throw new Error(`${whole.length} of ${calls} calls were resolved`);
      return answer;
    },
  };
}

/**
 * Each line of the script is one line of a source, and every tenth column a segment. The numbers are differences in base 64: `U` is ten, `C`
 * is one, `nf` leads back to the source's first line.
 */
function mappingsOf(sources: number): string {
  const rest = ",UAAA".repeat(SEGMENTS - 1);
  const others = `;AACA${rest}`.repeat(LINES - 1);
  return Array.from({ length: sources }, (_, index) => `${index === 0 ? "AAAA" : "ACnfA"}${rest}${others}`).join(";");
}
