/** Characters that end lines, steer terminals, or turn the direction of what follows. */
const INVISIBLE = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/** A text as one line, cut to so many characters: no control characters, single spaces. */
export function plainLine(text: string, longest: number): string {
  // Cut first: nobody sees what is thrown away, and a line may be megabytes long.
  const line = text
    .slice(0, longest * 4)
    .toWellFormed()
    .replaceAll(INVISIBLE, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();
  const characters = [...line];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : line;
}
