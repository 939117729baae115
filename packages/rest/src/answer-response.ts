import { byteStream } from "./byte-stream.ts";
import type { Answer } from "./route.ts";

/** The headers every answer of the wire has (contract 1.10; clients §1.13: without no-store the newer CLI keeps answers on disk). */
const COMMON_HEADERS = {
  "Content-Type": "application/json",
  "Content-Language": "en",
  "Cache-Control": "no-store",
  Vary: "Accept-Language, Cookie, Origin",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "deny",
} as const;

/** Bytes people uploaded never become a page of this server. */
const BINARY = { "Content-Type": "application/octet-stream", "Content-Security-Policy": "sandbox; default-src 'none'" } as const;

/** An empty body says so: without its length it would be sent in chunks, none. These have no body that could have one. */
const EMPTY = { "Content-Length": "0" } as const;
const BODILESS: ReadonlySet<number> = new Set([204, 304]);

/** An answer as a response, with the standing headers and the ones given. `onBroken` gets the error that ends its bytes early. */
export function answerResponse(
  { status, body, bytes, headers }: Answer,
  extra: Readonly<Record<string, string>>,
  onBroken: (error: unknown) => void = () => {},
): Response {
  if (bytes) return new Response(byteStream(bytes, onBroken), { status, headers: { ...COMMON_HEADERS, ...BINARY, ...extra, ...headers } });
  if (body !== undefined) return new Response(JSON.stringify(body), { status, headers: { ...COMMON_HEADERS, ...extra, ...headers } });
  const { "Content-Type": _none, ...standing } = COMMON_HEADERS;
  return new Response(null, { status, headers: { ...standing, ...(BODILESS.has(status) ? {} : EMPTY), ...extra, ...headers } });
}
