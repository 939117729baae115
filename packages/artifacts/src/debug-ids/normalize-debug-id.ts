const nil = "00000000-0000-0000-0000-000000000000";

/**
 * A debug id as it is kept and compared: lower case, with hyphens. Takes what tools write: any case, no hyphens, braces, `urn:uuid:`.
 * Null for anything else, and for the nil UUID, which many files could bear.
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
