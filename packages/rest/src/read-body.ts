import { setImmediate } from "node:timers/promises";
import { AppError, isAppError } from "@landfall/core/app-error";
import { FORM_LIMITS, type Limits } from "@landfall/core/limits";
import { type BodyBudget, readRequestBody } from "@landfall/core/request-body";
import { formObject } from "./form-object.ts";
import { parseJson } from "./parse-json.ts";
import { formError, readParts } from "./read-parts.ts";

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
