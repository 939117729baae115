import { urlCandidates } from "./url-candidates.ts";

/** Prefixes have few parts, and what follows them in a name, too. */
const MAX_SLASHES = 10;

/**
 * The names under which the file of a frame was uploaded if a prefix was put before its path without the slash between them, each with that
 * prefix: for `https://e.com/assets/main.js` among others `~/assetsmain.js` with `~/assets`. At most 40, of the last slashes.
 */
export function withoutOneSlash(absPath: string): ReadonlyMap<string, string> {
  const names = urlCandidates(absPath).filter((name) => !name.includes("?"));
  return new Map(
    names.flatMap((name) =>
      [...name.matchAll(/(?<=[^/])\/(?=[^/])/g)].slice(-MAX_SLASHES).map(({ index }) => {
        const prefix = name.slice(0, index);
        return [prefix + name.slice(index + 1), prefix] as const;
      }),
    ),
  );
}
