import * as z from "zod";
import { pythonRepr } from "../fields/python.ts";

const SHA1 = /^[0-9a-f]{40}$/;

const sha1 = z.string().regex(SHA1);

/** Body of the assembly of a release archive (contract 9.3), for the API description; `readAssembly` reads it. */
export const AssembleReleaseShape = z.strictObject({
  checksum: sha1.describe("The sha1 of the whole archive."),
  chunks: z.array(sha1).describe("The sha1 of each chunk, in order; empty to query the state."),
});

/** Body of the assembly of an artifact bundle (contract 9.4), for the API description. */
export const AssembleBundleShape = z.strictObject({
  ...AssembleReleaseShape.shape,
  projects: z.array(z.string()).describe("Slugs or ids."),
  version: z
    .string()
    .regex(/^[^/]+$/)
    .optional()
    .describe("The release, which need not exist."),
  dist: z.string().optional(),
});

export type Assembly = {
  readonly checksum: string;
  readonly chunks: readonly string[];
  readonly projects: readonly string[];
  readonly version: string | null;
  readonly dist: string;
};

type Read = { readonly ok: true; readonly value: Assembly } | { readonly ok: false; readonly problem: string };

/** Reads the body of an assembly; the problem has the text of a JSON Schema error, which clients expect (contract 9.3). */
export function readAssembly(body: unknown, { isBundle }: { readonly isBundle: boolean }): Read {
  const problem = problemOf(body, isBundle);
  if (problem !== null) return { ok: false, problem };
  const { checksum, chunks, projects = [], version = null, dist = "" } = body as Checked;
  return { ok: true, value: { checksum, chunks, projects, version, dist } };
}

/** A body without problems. */
type Checked = { checksum: string; chunks: string[]; projects?: string[]; version?: string; dist?: string };

const RELEASE_KEYS = ["checksum", "chunks"];
const BUNDLE_KEYS = ["checksum", "chunks", "projects", "version", "dist"];

function problemOf(body: unknown, isBundle: boolean): string | null {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return `${pythonRepr(body)} is not of type 'object'`;
  const required = isBundle ? BUNDLE_KEYS.slice(0, 3) : RELEASE_KEYS;
  const missing = required.find((key) => !Object.hasOwn(body, key));
  if (missing !== undefined) return `'${missing}' is a required property`;
  const allowed = isBundle ? BUNDLE_KEYS : RELEASE_KEYS;
  const others = Object.keys(body).filter((key) => !allowed.includes(key));
  if (others.length > 0) {
    const shown = others.slice(0, 10).map(pythonRepr).join(", ");
    return `Additional properties are not allowed (${shown} ${others.length === 1 ? "was" : "were"} unexpected)`;
  }
  const at = (key: string): unknown => Reflect.get(body, key);
  const ifSent = (key: string, check: (value: unknown) => string | null) => (isBundle && Object.hasOwn(body, key) ? check(at(key)) : null);
  return (
    checkPattern(at("checksum"), SHA1) ??
    checkList(at("chunks"), (item) => checkPattern(item, SHA1)) ??
    ifSent("projects", (value) => checkList(value, (item) => checkText(item))) ??
    ifSent("version", (value) => checkPattern(value, /^[^/]+$/) ?? checkLength("version", value, 250)) ??
    ifSent("dist", (value) => checkText(value) ?? checkLength("dist", value, 64))
  );
}

const checkText = (value: unknown): string | null => {
  if (typeof value !== "string") return `${pythonRepr(value)} is not of type 'string'`;
  return value.isWellFormed() && !value.includes("\0") ? null : `${pythonRepr(value.toWellFormed())} has characters that cannot be stored`;
};

function checkPattern(value: unknown, pattern: RegExp): string | null {
  const problem = checkText(value);
  if (problem !== null) return problem;
  return pattern.test(String(value)) ? null : `${pythonRepr(value)} does not match '${pattern.source}'`;
}

function checkList(value: unknown, check: (item: unknown) => string | null): string | null {
  if (!Array.isArray(value)) return `${pythonRepr(value)} is not of type 'array'`;
  for (const item of value) {
    const problem = check(item);
    if (problem !== null) return problem;
  }
  return null;
}

const checkLength = (name: string, value: unknown, max: number): string | null =>
  String(value).length > max ? `'${name}' has more than ${max} characters` : null;

/** The state of an assembly (contract 9.3). */
export const AssemblyView = z
  .object({
    state: z.enum(["not_found", "created", "assembling", "ok", "error"]),
    missingChunks: z.array(z.string()).describe("Chunks that are not uploaded yet."),
    detail: z.string().nullable().optional().describe("The error message."),
  })
  .meta({ id: "Assembly" });

export type AssemblyView = z.infer<typeof AssemblyView>;

/** The upload options for clients (contract 9.1). */
export const ChunkOptionsView = z
  .object({
    url: z.string().describe("The URL for chunks; relative for some older clients."),
    chunkSize: z.int(),
    chunksPerRequest: z.int(),
    maxFileSize: z.int(),
    maxRequestSize: z.int(),
    concurrency: z.int(),
    hashAlgorithm: z.literal("sha1"),
    compression: z.array(z.string()),
    accept: z.array(z.string()),
  })
  .meta({ id: "ChunkOptions" });

export type ChunkOptionsView = z.infer<typeof ChunkOptionsView>;

/** Without a type: a part that is not a file is ignored. */
const parts = z.unknown().optional().meta({ contentMediaType: "application/octet-stream" });

/** The upload form of chunks (contract 9.2); only for the API description, since its parts are read as a stream. */
export const ChunkUploadForm = z.object({
  file: parts.describe("Chunks; the filename of each is the sha1 of its content."),
  file_gzip: parts.describe("Chunks compressed with gzip; the filename of each is the sha1 of its uncompressed content."),
});
