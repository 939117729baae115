import { splitPackage } from "@landfall/core/versions/split-package";

const LONGEST = 24;
const SHOWN_OF_HASH = 10;

/** A version for a sentence: without its package, hashes by their beginning, what is still long cut off. */
export function shortVersion(version: string): string {
  const { raw } = splitPackage(version);
  if (/^[0-9a-f]{32,64}$/i.test(raw)) return raw.slice(0, SHOWN_OF_HASH);
  const characters = [...raw];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : raw;
}
