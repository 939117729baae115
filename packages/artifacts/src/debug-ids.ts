import { createHash } from "node:crypto";
import { lastComment } from "./map-reference.ts";

const nil = "00000000-0000-0000-0000-000000000000";

/**
 * Normalizes a debug id to lower case with hyphens. Accepts what tools write: any case, no hyphens, braces, `urn:uuid:`. Returns null for anything
 * else, and for the nil UUID, which many files may have.
 */
export function normalizeDebugId(text: string): string | null {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^urn:uuid:/, "")
    .replace(/^\{(.*)\}$/, "$1");
  const match = /^([\da-f]{8})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{12})$/.exec(bare);
  if (match === null) return null;
  const id = match.slice(1).join("-");
  return id === nil ? null : id;
}

/** Returns the debug id in the `//# debugId=` comment of a script; null if there is none, or if it is not a UUID. */
export function readDebugId(script: string): string | null {
  return normalizeDebugId(lastComment(script, "debugId")?.value ?? "");
}

/** Returns the debug id in a source map's JSON: `debugId` of the standard, or `debug_id` of sentry-cli 2. */
export function readMapDebugId(map: object): string | null {
  for (const key of ["debugId", "debug_id"]) {
    const value: unknown = Reflect.get(map, key);
    const id = typeof value === "string" ? normalizeDebugId(value) : null;
    if (id !== null) return id;
  }
  return null;
}

/**
 * Returns a UUID that is a hash of the parts: version 8 of RFC 9562, from the SHA-256 of the parts and their lengths. The result never changes for
 * the same parts.
 */
export function contentId(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = typeof part === "string" ? Buffer.from(part) : part;
    hash.update(`${bytes.byteLength}:`).update(bytes);
  }
  const hex = hash.digest("hex");
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
}
