const COLORS = 8;

/** A colour's number for a text, always the same for the same text: 0 to 7. */
export function colorIndex(text: string): number {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % COLORS;
}
