import type { Content } from "@landfall/core/records/artifacts/content";
import type { Page, PageLink } from "@landfall/schema/page";
import type * as z from "zod";
import type { RouteResponse, Exchange, Route } from "./route.ts";

/** The headers of every response (contract 1.10; clients §1.13: without no-store the newer CLI caches responses on disk). */
const COMMON_HEADERS = {
  "Content-Type": "application/json",
  "Content-Language": "en",
  "Cache-Control": "no-store",
  Vary: "Accept-Language, Cookie, Origin",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "deny",
} as const;

/** Prevents browsers from showing uploaded bytes as a page of this server. */
const BINARY = { "Content-Type": "application/octet-stream", "Content-Security-Policy": "sandbox; default-src 'none'" } as const;

/** The length of an empty body, which would otherwise be sent with chunked encoding. */
const EMPTY = { "Content-Length": "0" } as const;

/** Statuses whose responses have no body, and no length of one. */
const BODILESS: ReadonlySet<number> = new Set([204, 304]);

/** Converts a route's response to a `Response` with the common headers and `extra`. `onBroken` is called with an error of its bytes. */
export function toResponse(
  { status, body, bytes, headers }: RouteResponse,
  extra: Readonly<Record<string, string>>,
  onBroken: (error: unknown) => void = () => {},
): Response {
  if (bytes) return new Response(byteStream(bytes, onBroken), { status, headers: { ...COMMON_HEADERS, ...BINARY, ...extra, ...headers } });
  if (body !== undefined) return new Response(JSON.stringify(body), { status, headers: { ...COMMON_HEADERS, ...extra, ...headers } });
  const { "Content-Type": _none, ...headersWithoutType } = COMMON_HEADERS;
  return new Response(null, { status, headers: { ...headersWithoutType, ...(BODILESS.has(status) ? {} : EMPTY), ...extra, ...headers } });
}

/**
 * Converts bytes to the body of a response. They are only read on demand, and no further once the client has disconnected. An error of the bytes
 * is passed to `onBroken` and ends the body with an error, which aborts the connection.
 */
export function byteStream(
  bytes: AsyncIterable<Uint8Array>,
  onBroken: (error: unknown) => void = () => {},
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let parts: AsyncIterator<Uint8Array> | undefined;
  return new ReadableStream(
    {
      async pull(controller) {
        parts ??= bytes[Symbol.asyncIterator]();
        const { done, value } = await parts.next().catch((error: unknown) => {
          onBroken(error);
          throw error;
        });
        if (done === true) controller.close();
        else controller.enqueue(unsharedBytes(value));
      },
      async cancel() {
        await parts?.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Responses do not accept shared memory. These bytes are never shared, so that nothing is copied in practice. */
const unsharedBytes = (part: Uint8Array): Uint8Array<ArrayBuffer> =>
  part.buffer instanceof ArrayBuffer ? new Uint8Array(part.buffer, part.byteOffset, part.byteLength) : new Uint8Array(part);

const ALLOW_HEADERS =
  "X-Sentry-Auth, X-Requested-With, Origin, Accept, Content-Type, Authentication, Authorization, Content-Encoding, sentry-trace, baggage, X-CSRFToken";

const EXPOSE_HEADERS = "X-Sentry-Error, X-Sentry-Direct-Hit, X-Hits, X-Max-Hits, Endpoint, Retry-After, Link";

/** The CORS headers of a response (contract 16.5). Bearer tokens are not cookies, so any origin may call. */
export const corsHeaders = (origin: string | null, methods: string): Record<string, string> => ({
  "Access-Control-Allow-Origin": origin === null || origin === "null" ? "*" : origin,
  "Access-Control-Allow-Methods": methods,
  "Access-Control-Allow-Headers": ALLOW_HEADERS,
  "Access-Control-Expose-Headers": EXPOSE_HEADERS,
});

/** How long browsers may cache the response to an OPTIONS request, in seconds. */
export const CORS_MAX_AGE = "3600";

/** The additional statuses of a route that returns bytes. */
export const BYTES = { 206: "bytes", 304: null, 416: null } as const satisfies Route["responses"];

/** The statuses of a route that returns the description of a file, or its bytes. */
export const viewOrBytes = (view: z.ZodType): Route["responses"] => ({ 200: [view, "bytes"], ...BYTES });

/**
 * Returns a file as a download: all bytes, the requested range, or 304 if the caller's copy is current (RFC 9110). The bytes are
 * streamed. Throws what `Content.open` throws.
 */
export async function fileResponse(content: Content, { header }: Pick<Exchange, "header">): Promise<RouteResponse> {
  const { size } = content;
  const tag = `"${content.tag}"`;
  const common = { ETag: tag, "Accept-Ranges": "bytes", "Cache-Control": "private, no-cache" };
  if (etagMatches(header("if-none-match"), tag)) return { status: 304, headers: common };
  const condition = header("if-range");
  const range = condition === null || condition === tag ? byteRange(header("range"), size) : null;
  if (range === "beyond") return { status: 416, headers: { ...common, "Content-Range": `bytes */${size}` } };
  const headers = {
    ...common,
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

/** Characters that are allowed in a header. */
const SENDABLE = /^[\x20-\x7e]+$/;

/** The filename parameter of a header: in ASCII, and also encoded if that loses characters. */
function filenameParameter(filename: string): string {
  const plain = filename.replaceAll(/[^\x20-\x7e]|["\\]/gu, "_");
  return plain === filename ? `filename="${plain}"` : `filename="${plain}"; filename*=UTF-8''${encodeFilename(filename.toWellFormed())}`;
}

const encodeFilename = (text: string): string =>
  encodeURIComponent(text).replaceAll(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** Returns the requested range of `size` bytes, `end` exclusive. Null for the whole file: several ranges and invalid headers are ignored. */
export function byteRange(header: string | null, size: number): { readonly start: number; readonly end: number } | "beyond" | null {
  const [whole, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (whole === undefined || (first === "" && last === "")) return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "beyond" : { start: size - length, end: size };
  }
  const start = Number(first);
  const end = last === "" ? size : Math.min(Number(last) + 1, size);
  if (last !== "" && Number(last) < start) return null;
  return start >= size ? "beyond" : { start, end };
}

/** The response with the items of a page, and the `Link` header to the previous and next page (contract 15.4). */
export function paged<T>(page: Page<T>, { context, path, search }: Exchange): RouteResponse {
  const link = linkHeader(`${context.origin}${path}`, search, page);
  return { status: 200, body: page.items, ...(link === null ? {} : { headers: { Link: link } }) };
}

/**
 * The `Link` header of a page, or null when there is nothing to page through (contract 15.4). All parameters but `cursor` are kept as
 * sent; with none left the URL ends with `…/?&cursor=…`, as upstream's does.
 */
export function linkHeader(url: string, search: string, { previous, next }: Page<unknown>): string | null {
  if (previous === null || next === null) return null;
  const kept = search
    .split("&")
    .filter((pair) => pair !== "" && pair !== "cursor" && !pair.startsWith("cursor="))
    .join("&");
  const base = `${escapeForHeader(url)}?${escapeForHeader(kept)}`;
  return `${relation(base, "previous", previous)}, ${relation(base, "next", next)}`;
}

const relation = (base: string, rel: string, { cursor, hasResults }: PageLink): string =>
  `<${base}&cursor=${cursor}>; rel="${rel}"; results="${hasResults}"; cursor="${cursor}"`;

/** Escapes characters that clients send raw and that would end the URL or break the header. */
const escapeForHeader = (text: string): string => text.replace(/[^!#-;=?-[\]_a-z~]/gu, encodeCharacter);

const encodeCharacter = (character: string): string =>
  [...new TextEncoder().encode(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
