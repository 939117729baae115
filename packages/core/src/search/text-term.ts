import type { TextTerm } from "./release-query.ts";

const isWhiteSpace = (character: string): boolean => /\s/.test(character);

/** Parts of `before (inside)`: the last opening bracket after white space that only the closing one at the end follows. */
const splitBuild = (query: string): { before: string; inside: string } | null => {
  const text = query.trimEnd();
  if (!text.endsWith(")")) return null;
  for (let index = text.length - 2; index > 0 && text.charAt(index) !== ")"; index -= 1) {
    if (text.charAt(index) === "(" && index < text.length - 2 && isWhiteSpace(text.charAt(index - 1))) {
      return { before: text.slice(0, index - 1), inside: text.slice(index + 1, -1) };
    }
  }
  return null;
};

/**
 * The term that the bare words of a search stand for: versions that contain the whole search as typed, filters and spaces included.
 * A search that ends like a description, `1.0 (42)`, also finds what it describes: versions that contain `1.0+42` (contract 15.3).
 */
export const textTerm = (query: string): TextTerm => {
  const build = splitBuild(query);
  return { kind: "text", value: query, alsoContains: build === null ? null : `${build.before}+${build.inside}` };
};
