import type { Content } from "@landfall/core/artifacts/content";
import type * as z from "zod";
import { byteRange } from "./byte-range.ts";
import type { Answer, Exchange, Route } from "./route.ts";

/** What a route that answers bytes declares besides what else it answers. */
export const BYTES = { 206: "bytes", 304: null, 416: null } as const satisfies Route["answers"];

/** What a route declares that answers what is told of a file, or its bytes. */
export const viewOrBytes = (view: z.ZodType): Route["answers"] => ({ 200: [view, "bytes"], ...BYTES });

/**
 * Answers bytes to be saved as a file: all of them, the part that was asked for, or only that they are the same as the caller's (RFC 9110).
 * Large ones are read as they are sent. Throws what `Content.open` throws.
 */
export async function fileAnswer(content: Content, { header }: Pick<Exchange, "header">): Promise<Answer> {
  const { size } = content;
  const tag = `"${content.tag}"`;
  const standing = { ETag: tag, "Accept-Ranges": "bytes", "Cache-Control": "private, no-cache" };
  if (etagMatches(header("if-none-match"), tag)) return { status: 304, headers: standing };
  const condition = header("if-range");
  const range = condition === null || condition === tag ? byteRange(header("range"), size) : null;
  if (range === "beyond") return { status: 416, headers: { ...standing, "Content-Range": `bytes */${size}` } };
  const headers = {
    ...standing,
    "Content-Type": content.contentType === null || !SENDABLE.test(content.contentType) ? "application/octet-stream" : content.contentType,
    "Content-Disposition": `attachment; ${filenameParameter(content.filename)}`,
  };
  if (range === null) return { status: 200, bytes: await content.open(), headers: { ...headers, "Content-Length": String(size) } };
  const { start, end } = range;
  return {
    status: 206,
    bytes: await content.open(range),
    headers: { ...headers, "Content-Length": String(end - start), "Content-Range": `bytes ${start}-${end - 1}/${size}` },
  };
}

const etagMatches = (condition: string | null, tag: string): boolean =>
  condition !== null && condition.split(",").some((one) => ["*", tag, `W/${tag}`].includes(one.trim()));

/** What may stand in a header. */
const SENDABLE = /^[\x20-\x7e]+$/;

/** A file's name as a header has it: plain, and where that cannot tell it, encoded as well. */
function filenameParameter(filename: string): string {
  const plain = filename.replaceAll(/[^\x20-\x7e]|["\\]/gu, "_");
  return plain === filename ? `filename="${plain}"` : `filename="${plain}"; filename*=UTF-8''${encodeFilename(filename.toWellFormed())}`;
}

const encodeFilename = (text: string): string =>
  encodeURIComponent(text).replaceAll(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
