import { setImmediate } from "node:timers/promises";
import { AppError } from "@landfall/core/app-error";
import type { Limits } from "@landfall/core/limits";
import { formObject } from "./form-object.ts";
import { parseJson } from "./parse-json.ts";

/** JSON of more bytes is parsed before the operation begins, since its transaction would otherwise last as long. */
const LARGE = 262_144;

/**
 * Reads a body and returns a function that parses it (contract 1.6–1.8) or throws what is wrong with it: a missing release is reported
 * before a bad body (contract 1.17). Throws `too_large` before a byte too many is kept.
 */
export async function readBody(request: Request, limits: Limits): Promise<() => unknown> {
  const bytes = await readBytes(request, limits.bytes);
  if (bytes.length === 0) return () => undefined;
  const contentType = request.headers.get("content-type") ?? "";
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type === "application/json") return bytes.length > LARGE ? parseAhead(bytes, limits) : () => parseJson(bytes, limits);
  if (type === "multipart/form-data" || type === "application/x-www-form-urlencoded") return readForm(bytes, contentType);
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

async function readForm(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<() => unknown> {
  try {
    const form = await new Response(bytes, { headers: { "content-type": contentType } }).formData();
    return () => formObject(form);
  } catch (error) {
    return () => {
      throw new AppError("invalid", "Form parse error - the body is not the form its Content-Type names", { cause: error });
    };
  }
}

async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new AppError("too_large", `Request body too large: at most ${limit} bytes are read.`);
  const declared = Number(request.headers.get("content-length") ?? Number.NaN);
  if (declared > limit) throw tooLarge();
  // Node reads no more than was declared.
  if (declared >= 0) return new Uint8Array(await request.arrayBuffer());
  if (request.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body) {
    length += part.length;
    if (length > limit) throw tooLarge();
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
