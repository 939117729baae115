type FileIdentity = { readonly name: string; readonly dist: string };

/** The id of a file that came in an archive: its dist and name in URL-safe base64 (contract 8.3). */
export const memberId = ({ dist, name }: FileIdentity): string => {
  const id = Buffer.from(`${dist}_${name}`).toString("base64url");
  return id + "=".repeat((4 - (id.length % 4)) % 4);
};

/**
 * What a member's id may name; nothing for a text that is no such id. A dist may hold an underscore itself, so there can be several
 * readings, of which at most one is stored.
 */
export function readMemberId(id: string): FileIdentity[] {
  if (!/^[A-Za-z0-9_-]+={0,2}$/.test(id)) return [];
  const text = Buffer.from(id, "base64url").toString();
  if (memberId({ dist: "", name: "" }) === id || Buffer.from(text).toString("base64url") !== id.replace(/=+$/, "")) return [];
  const parts = text.split("_").slice(0, MAX_READINGS);
  return parts.slice(0, -1).map((_, index) => {
    const dist = parts.slice(0, index + 1).join("_");
    return { dist, name: text.slice(dist.length + 1) };
  });
}

/** A dist has at most 64 characters, and before it ends there are no more underscores than that. */
const MAX_READINGS = 66;
