/** A value as meant, and whether its first and last characters are stars that stand for any text. */
export type UnescapedValue = { text: string; opensWithStar: boolean; closesWithStar: boolean };

/**
 * Resolves the escapes of a value: `\"`, `\*` and `\\` stand for the character itself, and an escaped star is no wildcard. Any other
 * backslash is an ordinary character.
 *
 * @example unescapeValue("1.0\\*") // { text: "1.0*", opensWithStar: false, closesWithStar: false }
 */
export const unescapeValue = (raw: string): UnescapedValue => {
  let text = "";
  let opensWithStar = false;
  let closesWithStar = false;
  for (let index = 0; index < raw.length; index += 1) {
    const isEscape = raw.charAt(index) === "\\" && index + 1 < raw.length && '"*\\'.includes(raw.charAt(index + 1));
    if (isEscape) index += 1;
    const character = raw.charAt(index);
    closesWithStar = !isEscape && character === "*";
    if (text === "") opensWithStar = closesWithStar;
    text += character;
  }
  return { text, opensWithStar, closesWithStar };
};
