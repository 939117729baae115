/** Whether a character separates terms. Only these four do: a version may contain any other white space. */
export const isSeparator = (character: string): boolean =>
  character === " " || character === "\t" || character === "\n" || character === "\r";

/** The index of the first character at or after `from` that `stops`, or the end of the text. */
export const scanUntil = (text: string, from: number, stops: (character: string) => boolean): number => {
  let index = from;
  while (index < text.length && !stops(text.charAt(index))) index += 1;
  return index;
};

/** The index of the first unescaped quote at or after `from`, or -1. */
export const findQuote = (text: string, from: number): number => {
  for (let index = from; index < text.length; index += 1) {
    if (text.charAt(index) === "\\") index += 1;
    else if (text.charAt(index) === '"') return index;
  }
  return -1;
};
