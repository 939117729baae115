import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import { Busboy, type BusboyInstance } from "@fastify/busboy";
import { AppError, isAppError } from "@landfall/core/kernel/app-error";
import { FORM_LIMITS, type Limits } from "@landfall/core/kernel/limits";
import { type BodyBudget, readRequestBody } from "@landfall/core/kernel/request-body";
import { scanJson } from "@landfall/core/kernel/scan-json";
import type { UploadPart } from "@landfall/core/records/artifacts/uploads";

/** JSON of more bytes is parsed before the operation begins, since its transaction would otherwise last as long. */
const LARGE = 262_144;

/**
 * Reads a body within `limits` and returns a function that parses it (contract 1.6–1.8). Parsing is left for later, since a missing
 * release is reported before a bad body (contract 1.17). Throws as `readRequestBody` does.
 */
export async function readBody(request: Request, limits: Limits, bodies: BodyBudget): Promise<() => unknown> {
  const contentType = request.headers.get("content-type") ?? "";
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const isForm = type === MULTIPART || type === URL_ENCODED;
  const bytes = await readRequestBody(request, isForm ? Math.min(limits.bytes, FORM_LIMITS.bytes) : limits.bytes, bodies);
  if (bytes.length === 0) return () => undefined;
  if (type === "application/json") return bytes.length > LARGE ? parseAhead(bytes, limits) : () => parseJson(bytes, limits);
  if (type === URL_ENCODED) return () => parseUrlEncoded(bytes);
  if (type === MULTIPART) return readMultipart(bytes, request.headers);
  return () => {
    throw new AppError("unsupported_media_type", `Unsupported media type "${contentType}" in request.`);
  };
}

async function parseAhead(bytes: Uint8Array, limits: Limits): Promise<() => unknown> {
  try {
    const value = parseJson(bytes, limits);
    // Other requests have their turn before this one is validated.
    await setImmediate();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

const MULTIPART = "multipart/form-data";
const URL_ENCODED = "application/x-www-form-urlencoded";

const AMPERSAND = 38;

/** Not by `Response.formData()`, which takes seconds for 1 MiB. The fields are counted before any is made. */
function parseUrlEncoded(bytes: Uint8Array): Record<string, unknown> {
  let fields = 1;
  for (const byte of bytes) if (byte === AMPERSAND) fields += 1;
  if (fields > FORM_LIMITS.fields) throw formError(`it has more than ${FORM_LIMITS.fields} fields`);
  return formObject(new URLSearchParams(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)));
}

async function readMultipart(bytes: Uint8Array<ArrayBuffer>, headers: Headers): Promise<() => unknown> {
  try {
    const fields: [name: string, value: string][] = [];
    for await (const part of readParts({ headers, body: new Response(bytes).body }, FORM_LIMITS.bytes, { fieldSize: FORM_LIMITS.bytes })) {
      if (part.kind === "field") fields.push([part.name, part.value]);
    }
    return () => formObject(fields);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return () => {
      throw error;
    };
  }
}

/** Exact parsing of long numbers takes five times as long; no client sends them in lists. */
const MOST_EXACT_VALUES = 100_000;

/**
 * Parses a JSON text (contract 1.8) of at most `elements` elements in all lists. Whole numbers too large for a JavaScript number are
 * returned as `bigint`. Throws `invalid` if the bytes are not JSON in UTF-8 (a byte order mark is not allowed), or if they exceed a limit.
 */
export function parseJson(bytes: Uint8Array, { elements }: Pick<Limits, "elements">): unknown {
  const { problem, values, hasLongNumber } = scanJson(bytes, { elements });
  if (problem !== null) throw parseError(problem);
  if (hasLongNumber && values > MOST_EXACT_VALUES)
    throw parseError(`A number has more than 15 digits beside more than ${MOST_EXACT_VALUES} other values`);
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return hasLongNumber ? JSON.parse(text, reviveBigInt) : JSON.parse(text);
  } catch (error) {
    throw parseError(error instanceof Error ? error.message : String(error), error);
  }
}

const parseError = (reason: string, cause?: unknown): AppError => new AppError("invalid", `JSON parse error - ${reason}`, { cause });

/** Node passes the source of each value to a reviver; TypeScript's library does not declare it yet. */
function reviveBigInt(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== "number" || Number.isSafeInteger(value) || source === undefined) return value;
  return /^-?\d+$/.test(source) ? BigInt(source) : value;
}

/** Fields that are lists in every input of the wire: a form repeats them for each element. */
const LISTS = new Set(["projects", "commits", "refs", "headCommits"]);

/** Returns the fields of a form as the object that its JSON body would be. */
export const formObject = (fields: Iterable<readonly [name: string, value: string]>): Record<string, unknown> =>
  collectFields(fields, (name) => LISTS.has(name));

/**
 * Collects named values in one pass, in the order of their first appearance: the last value of a repeated name, or all of them if it is a
 * list. The result has no prototype.
 */
function collectFields(
  fields: Iterable<readonly [name: string, value: string]>,
  isList: (name: string) => boolean,
): Record<string, unknown> {
  const collected: Record<string, unknown> = Object.create(null);
  for (const [name, value] of fields) {
    const existing = collected[name];
    if (!isList(name)) collected[name] = value;
    else if (Array.isArray(existing)) existing.push(value);
    else collected[name] = [value];
  }
  return collected;
}

/** Parameters that may be repeated; of any other the last one is used. */
const REPEATABLE = new Set(["project", "projectSlug", "environment"]);

/** Returns a query string as the input of an operation; `also` are further parameters that may be repeated. */
export const queryObject = (search: string, also: readonly string[] = []): Record<string, unknown> =>
  collectFields(search === "" ? [] : new URLSearchParams(search), (name) => REPEATABLE.has(name) || also.includes(name));

/** The limits of a form, besides its files. Sizes are in bytes; a field of an upload is a name or a header. */
const LIMITS = { parts: FORM_LIMITS.fields, fieldSize: 65_536, fieldNameSize: 200, headerPairs: 50, headerSize: 16_384 };

/** The parts of a request that are read. */
type RequestBody = { readonly headers: Headers; readonly body: ReadableStream<Uint8Array> | null };

/**
 * Returns the parts of a form as they arrive, of a body of at most `limit` bytes. Nothing is read before a part is requested, and no further
 * than that part. A body of another known type has no parts. Throws `invalid`, `too_large` and `unsupported_media_type`.
 */
export async function* readParts(
  request: RequestBody,
  limit: number,
  { fieldSize }: { readonly fieldSize: number } = LIMITS,
): AsyncIterable<UploadPart> {
  const contentType = request.headers.get("content-type") ?? "";
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (request.body === null || WITHOUT_FILES.has(type)) return;
  if (type !== "multipart/form-data") throw new AppError("unsupported_media_type", `Unsupported media type "${contentType}" in request.`);
  const declared = Number(request.headers.get("content-length") ?? Number.NaN);
  if (declared > limit) throw tooLarge(limit);
  const form = openForm(contentType, fieldSize);
  const unread = new Set<Readable>();
  const parts = new ReadableStream<UploadPart & { readonly stream?: Readable }>({
    start(controller) {
      form.on("file", (name: Text, stream: Readable, filename: Text, _encoding: string, contentType: string) => {
        unread.add(stream);
        stream.on("end", () => unread.delete(stream));
        // The reader of the part gets the error.
        stream.on("error", () => undefined);
        controller.enqueue({
          kind: "file",
          name: name ?? "",
          filename: filename ?? "",
          contentType,
          bytes: withFormErrors(stream),
          stream,
        });
      });
      form.on("field", (name: Text, value: string, _isNameCut: boolean, isCut: boolean) => {
        if (isCut) form.destroy(formError(`a field has more than ${fieldSize} bytes`));
        else controller.enqueue({ kind: "field", name: name ?? "", value });
      });
      form.on("partsLimit", () => form.destroy(formError(`it has more than ${LIMITS.parts} parts`)));
      const source = watchBody(request, limit, () => unread.size === 0 && form.destroy(formError("it continues after its end")));
      pipeline(Readable.from(source.bytes, { objectMode: false }), form)
        .finally(source.stop)
        .then(
          () => controller.close(),
          (error: unknown) => {
            for (const stream of unread) stream.destroy(toFormError(error));
            controller.error(toFormError(error));
          },
        )
        // It was closed already: no more parts are read.
        .catch(() => undefined);
    },
    cancel: () => void form.destroy(),
  });
  for await (const { stream, ...part } of parts) {
    yield part;
    // Unread bytes must be consumed, or the following parts do not arrive.
    stream?.resume();
  }
}

/** A part may lack a name, although the parser's types exclude it. */
type Text = string | undefined;

const WITHOUT_FILES: ReadonlySet<string> = new Set(["application/json", "application/x-www-form-urlencoded"]);

function openForm(contentType: string, fieldSize: number): BusboyInstance {
  try {
    return new Busboy({ headers: { "content-type": contentType }, limits: { ...LIMITS, fieldSize } });
  } catch (error) {
    throw formError(error instanceof Error ? error.message : String(error), error);
  }
}

/** The bytes of a file, with errors as `invalid`. */
async function* withFormErrors(stream: Readable): AsyncIterable<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw toFormError(error);
  }
}

/** How long the parser may take for a piece, in ms. It needs microseconds; with bytes after a form's end it never returns. */
const STALL_TIMEOUT = 1000;

/** The bytes of a body, at most `limit`; `onStall` is called if the parser does not request more bytes in time. */
function watchBody({ body }: RequestBody, limit: number, onStall: () => void): { bytes: AsyncIterable<Uint8Array>; stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearTimeout(timer);
  const watch = () => {
    timer = setTimeout(() => {
      onStall();
      watch();
    }, STALL_TIMEOUT);
  };
  async function* bytes() {
    let length = 0;
    for await (const piece of body ?? []) {
      length += piece.length;
      if (length > limit) throw tooLarge(limit);
      watch();
      yield piece;
      stop();
    }
    watch();
  }
  return { bytes: bytes(), stop };
}

const toFormError = (error: unknown): Error =>
  isAppError(error) ? error : formError(error instanceof Error ? error.message : String(error), error);

const tooLarge = (limit: number): AppError => new AppError("too_large", `Request body too large: at most ${limit} bytes are read.`);

/** The error for a form that cannot be parsed (contract 1.8). */
const formError = (reason: string, cause?: unknown): AppError => new AppError("invalid", `Form parse error - ${reason}`, { cause });
