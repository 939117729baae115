import { createHash } from "node:crypto";
import type { App } from "@landfall/core/kernel/app";
import type { Context } from "@landfall/core/kernel/context";
import { assembleArtifactBundle, assembleRelease } from "@landfall/core/operations/artifacts/assemble";
import { createAssembler } from "@landfall/core/operations/artifacts/assembler";
import { uploadChunks } from "@landfall/core/operations/artifacts/upload-chunks";
import { uploadReleaseFile } from "@landfall/core/operations/release-files/upload";
import { resolveStack } from "@landfall/core/operations/source-maps/resolve-stack";
import type { UploadPart } from "@landfall/core/records/artifacts/uploads";
import type { ResolvedStackView } from "@landfall/schema/artifacts/source-maps";
import { type BundleParts, makeBundle } from "./make-bundle.ts";

export type BundleUpload = {
  readonly organization: string;
  readonly projects: readonly string[];
  readonly version?: string;
  readonly dist?: string;
  readonly parts: BundleParts;
};

/** Uploads an artifact bundle as clients do, and waits until it is assembled. Returns its bytes. */
export async function uploadBundle(
  app: App,
  context: Context,
  { organization, projects, parts, ...released }: BundleUpload,
): Promise<Uint8Array> {
  const bundle = makeBundle(parts);
  const checksum = createHash("sha1").update(bundle).digest("hex");
  await uploadChunks.call(context, { organization }, () => oneFile(bundle, checksum));
  await assembleArtifactBundle.call(context, { organization }, () => ({ checksum, chunks: [checksum], projects, ...released }));
  const assembler = createAssembler(app, { onError: fail });
  assembler.wake();
  await assembler.idle();
  return bundle;
}

/** A form with one file. */
export async function* oneFile(content: Uint8Array<ArrayBuffer>, filename: string): AsyncIterable<UploadPart> {
  yield { kind: "file", name: "file", filename, contentType: "text/plain", bytes: new Blob([content]).stream() };
}

function fail(error: unknown): never {
  throw error;
}

export type Artifacts = {
  readonly organization: string;
  readonly project: string;
  /** The release that gets a file called a.js. */
  readonly version: string;
  readonly bundleId: string;
};

/** The debug id of the file `a` in the bundle. */
export const DEBUG_ID = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

/** Uploads a file of a release, and a bundle of its project for that version with one file at the path "a". */
export async function uploadArtifacts(app: App, context: Context, { organization, project, version, bundleId }: Artifacts): Promise<void> {
  await uploadReleaseFile.call(context, { organization, version }, () => oneFile(new Uint8Array(3), "a.js"));
  const file = { url: "~/a.js", type: "minified_source", headers: { "debug-id": DEBUG_ID }, content: "a" };
  await uploadBundle(app, context, { organization, projects: [project], version, parts: { debug_id: bundleId, files: { a: file } } });
}

/** The owner of the files. */
type OfRelease = { readonly organization: string; readonly version: string };

/** A file of a release, uploaded individually. Headers are `Key:Value`. */
export type ReleaseFileParts = {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly dist?: string;
  readonly headers?: readonly string[];
};

/** Uploads a file of a release as older clients do, one at a time. */
export async function uploadFile(
  context: Context,
  at: OfRelease,
  { name, content, dist = "", headers = [] }: ReleaseFileParts,
): Promise<void> {
  async function* parts(): AsyncIterable<UploadPart> {
    yield { kind: "field", name: "name", value: name };
    yield { kind: "field", name: "dist", value: dist };
    for (const value of headers) yield { kind: "field", name: "header", value };
    yield* oneFile(Buffer.from(content), "file.js");
  }
  await uploadReleaseFile.call(context, at, parts);
}

/** Uploads an archive of files for one release, and waits until it is assembled. */
export async function uploadArchive(
  app: App,
  context: Context,
  { organization, version }: OfRelease,
  archive: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const checksum = createHash("sha1").update(archive).digest("hex");
  await uploadChunks.call(context, { organization }, () => oneFile(archive, checksum));
  await assembleRelease.call(context, { organization, version }, () => ({ checksum, chunks: [checksum] }));
  const assembler = createAssembler(app, { onError: fail });
  assembler.wake();
  await assembler.idle();
}

/** The release and project of the script, and the minimum size of its map. */
export type MappedRelease = {
  readonly organization: string;
  readonly project: string;
  readonly version: string;
  readonly mapBytes: number;
};

/** A release with one script and its source map. */
export type Mapped = {
  /** The size of the map in bytes. */
  readonly mapBytes: number;
  /** Resolves a trace with `calls` frames, each at another position. Throws unless all of them are resolved. */
  resolve(context: Context, calls: number): Promise<ResolvedStackView>;
};

/** Lines of each source, and segments of each line of the script. */
const LINES = 500;

const SEGMENTS = 10;

const TEXT = Array.from({ length: LINES }, (_, line) => `export const value${line} = ${line}; // as long as lines usually are`).join("\n");

/**
 * Uploads `~/app.js` with a map of many sources and lines, for measurements. About half of the map is mappings, as in maps of real
 * bundles.
 */
export async function mappedRelease(app: App, uploader: Context, { mapBytes, ...release }: MappedRelease): Promise<Mapped> {
  const { organization, project, version } = release;
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
      const stackView = await resolveStack(context, { organization, project, release: version, stack });
      const resolved = stackView.lines.filter(({ frame }) => frame?.original?.context);
      if (resolved.length !== calls) throw new Error(`${resolved.length} of ${calls} calls were resolved`);
      return stackView;
    },
  };
}

/**
 * Each line of the script is one line of a source, and every tenth column a segment. The numbers are differences in base 64: `U` is 10, `C`
 * is 1, and `nf` goes back to the source's first line.
 */
function mappingsOf(sources: number): string {
  const rest = ",UAAA".repeat(SEGMENTS - 1);
  const others = `;AACA${rest}`.repeat(LINES - 1);
  return Array.from({ length: sources }, (_, index) => `${index === 0 ? "AAAA" : "ACnfA"}${rest}${others}`).join(";");
}
