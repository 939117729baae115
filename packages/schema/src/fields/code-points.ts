/** How many Unicode code points a text has: a surrogate pair is one, a lone surrogate is one (contract §1.19). */
export function codePointCount(text: string): number {
  let count = text.length;
  for (let index = 1; index < text.length; index += 1) {
    if (!isLowSurrogate(text.charCodeAt(index)) || !isHighSurrogate(text.charCodeAt(index - 1))) continue;
    count -= 1;
    index += 1;
  }
  return count;
}

/** The first surrogate of a text that is not half of a pair, or null when the text is well formed. */
export function loneSurrogate(text: string): number | null {
  if (text.isWellFormed()) return null;
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (character.length === 1 && (isHighSurrogate(code) || isLowSurrogate(code))) return code;
  }
  return null;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
