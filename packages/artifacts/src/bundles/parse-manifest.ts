import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import { type BundleLimits, bundleLimits } from "../archive/bundle-limits.ts";
import { BundleProblem, showName } from "../archive/bundle-problem.ts";
import { normalizeDebugId } from "../debug-ids.ts";
import { isObject, jsonExcess } from "../json.ts";

const nul = "\0";
const text = z.string().refine((value) => !value.includes(nul), "contains a NUL character");
const optional = text.nullish().transform((value) => value || null);
const url = text.max(8192).nullish();

const ManifestFields = z.object({
  debug_id: optional,
  org: optional,
  project: optional,
  release: optional,
  dist: optional,
  note: optional,
  // Parsed below: with `z.record`, a file named __proto__ would be lost.
  files: z.custom<object>(isObject, "is not an object").nullish(),
});

const FileFields = z.object({
  url,
  type: z.unknown().optional(),
  headers: z.custom<object>(isObject, "is not an object").nullish(),
});

/** How many files are parsed in one turn of the event loop, in some ten milliseconds. */
const FILES_AT_ONCE = 5000;

/**
 * Parses a bundle's `manifest.json`, a long one in several turns of the event loop. Unknown keys are ignored. Throws `BundleProblem`
 * `bad-manifest`.
 */
export async function parseManifest(bytes: Uint8Array, limits: BundleLimits = bundleLimits): Promise<Manifest> {
  const fields = ManifestFields.safeParse(parseJson(bytes, limits));
  if (!fields.success) throw bad(fields.error);
  const { files, debug_id: bundleId, org: organization, ...rest } = fields.data;
  const listed = Object.entries(files ?? {});
  if (listed.length > limits.entries) throw unusable(`it lists ${listed.length} files; the limit is ${limits.entries}`);
  const parsed: ManifestFile[] = [];
  for (let start = 0; start < listed.length; start += FILES_AT_ONCE) {
    if (listed.length > FILES_AT_ONCE) await setImmediate();
    for (const [path, file] of listed.slice(start, start + FILES_AT_ONCE)) parsed.push(parseFile(path, file));
  }
  if (listed.length > FILES_AT_ONCE) await setImmediate();
  return { ...rest, bundleId: bundleId === null ? null : normalizeDebugId(bundleId), organization, files: parsed };
}

function parseJson(bytes: Uint8Array, { manifestJson }: BundleLimits): unknown {
  const excess = jsonExcess(bytes, manifestJson);
  if (excess === "depth") throw unusable(`it is nested more than ${manifestJson.depth} deep`);
  if (excess === "values") throw unusable(`it has more than ${manifestJson.values} values`);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new BundleProblem("bad-manifest", "The bundle's manifest.json is not JSON in UTF-8. Create the bundle again and upload it.", {
      cause,
    });
  }
}

function parseFile(path: string, value: unknown): ManifestFile {
  const fields = FileFields.safeParse(value);
  if (!fields.success) throw bad(fields.error, path);
  const headers = parseHeaders(path, fields.data.headers ?? {});
  return {
    path,
    type: fileTypeOf(fields.data.type),
    url: fields.data.url || null,
    headers,
    debugId: normalizeDebugId(header(headers, "debug-id") ?? ""),
    mapReference: header(headers, "sourcemap") ?? header(headers, "x-sourcemap"),
  };
}

function parseHeaders(path: string, value: object): Record<string, string> {
  const lowered = Object.entries(value).map(([name, content]) => {
    const parsed = text.safeParse(content);
    if (!parsed.success) throw bad(parsed.error, path, ["headers", name]);
    return [name.toLowerCase(), parsed.data.trim()] as const;
  });
  return Object.fromEntries(lowered);
}

/** Reads own properties only: `Object.prototype` may have a property with the name of a missing header. */
function header(headers: Record<string, string>, name: string): string | null {
  return (Object.hasOwn(headers, name) && headers[name]) || null;
}

function bad(error: z.ZodError, file?: string, under: readonly string[] = []): BundleProblem {
  const [issue] = error.issues;
  const keys = [...under, ...(issue?.path.map(String) ?? [])];
  const what = keys.length === 0 ? "it" : showName(keys.join("."));
  const where = file === undefined ? what : `of file ${showName(file)}, ${what}`;
  return unusable(`${where}: ${issue?.message ?? "is invalid"}`, { ...(file !== undefined && { entry: file }), cause: error });
}

const unusable = (why: string, details: ConstructorParameters<typeof BundleProblem>[2] = {}): BundleProblem =>
  new BundleProblem("bad-manifest", `The bundle's manifest.json cannot be used: ${why}. Create the bundle again and upload it.`, details);

/** One file in a manifest. */
export interface ManifestFile {
  /** Its entry in the archive. */
  readonly path: string;
  readonly type: FileType;
  /** `~/app.js` or a full URL; null for a file that is found by debug id only. */
  readonly url: string | null;
  /** Names are in lower case. Of several headers whose names differ only in case, the last one is used. */
  readonly headers: Readonly<Record<string, string>>;
  /** Normalized; null if it is missing or not a UUID. */
  readonly debugId: string | null;
  /** The value of the `sourcemap` or `x-sourcemap` header. */
  readonly mapReference: string | null;
}

/** The properties of a bundle, and its files. */
export interface Manifest {
  /** The id of the bundle; null if the manifest has none. */
  readonly bundleId: string | null;
  readonly organization: string | null;
  readonly project: string | null;
  readonly release: string | null;
  readonly dist: string | null;
  readonly note: string | null;
  /** In the order of the manifest. */
  readonly files: readonly ManifestFile[];
}

/** The type of a file; `unknown` if the manifest has no type, or another one. */
export type FileType = "unknown" | "source" | "minified_source" | "source_map" | "indexed_ram_bundle";

/** The number that is stored, and that responses have as `fileType`. */
export const fileTypeNumbers: Readonly<Record<FileType, number>> = {
  unknown: 0,
  source: 1,
  minified_source: 2,
  source_map: 3,
  indexed_ram_bundle: 4,
};

function fileTypeOf(text: unknown): FileType {
  if (text === "source" || text === "minified_source" || text === "source_map" || text === "indexed_ram_bundle") return text;
  return "unknown";
}
