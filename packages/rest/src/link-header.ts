import type { Page, PageLink } from "@landfall/schema/views/page";

/**
 * The `Link` header of a page, or null when there is nothing to page through (contract 15.4). All parameters but `cursor` are kept as
 * sent; with none left the address reads `…/?&cursor=…`, as upstream's does.
 */
export function linkHeader(address: string, search: string, { previous, next }: Page<unknown>): string | null {
  if (previous === null || next === null) return null;
  const kept = search
    .split("&")
    .filter((pair) => pair !== "" && pair !== "cursor" && !pair.startsWith("cursor="))
    .join("&");
  const base = `${escapeForHeader(address)}?${escapeForHeader(kept)}`;
  return `${relation(base, "previous", previous)}, ${relation(base, "next", next)}`;
}

const relation = (base: string, rel: string, { cursor, hasResults }: PageLink): string =>
  `<${base}&cursor=${cursor}>; rel="${rel}"; results="${hasResults}"; cursor="${cursor}"`;

/** Clients send some characters raw that would end the address or break the header. */
const escapeForHeader = (text: string): string => text.replace(/[^!#-;=?-[\]_a-z~]/gu, encodeCharacter);

const encodeCharacter = (character: string): string =>
  [...new TextEncoder().encode(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
