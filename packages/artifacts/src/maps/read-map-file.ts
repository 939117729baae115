const [quote, comma, colon, backslash] = [0x22, 0x2c, 0x3a, 0x5c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** The longest name that is returned, in bytes of its JSON. */
const MAX_LENGTH = 4096;

/**
 * Returns the `file` of a source map, the name of the script that it was built for; null if it has none, or if it is not a JSON object. Reads the
 * map chunk by chunk and keeps none of it, because a map can have 100 MiB and `file` can be its last field. Errors of the source are thrown.
 */
export async function readMapFile(chunks: AsyncIterable<Uint8Array>): Promise<string | null> {
  let depth = 0;
  let isInText = false;
  let isEscaped = false;
  /** Whether the next text of the map itself is the name of a field. */
  let isName = false;
  let name = "";
  let kept: Buffer[] = [];
  let length = 0;
  for await (const bytes of chunks) {
    for (let at = 0; at < bytes.length; at += 1) {
      if (!isInText) {
        const byte = bytes[at];
        if (byte === quote) [isInText, isEscaped, kept, length] = [true, false, [], 0];
        else if (byte === openBrace || byte === openBracket) {
          depth += 1;
          if (depth === 1 && byte === openBracket) return null;
          isName = depth === 1;
        } else if (byte === closeBrace || byte === closeBracket) depth -= 1;
        else if (byte === comma && depth === 1) isName = true;
        else if (byte === colon && depth === 1) isName = false;
        continue;
      }
      const { end, isOpenEscape } = endOfText(bytes, at, isEscaped);
      if (depth === 1 && length <= MAX_LENGTH && (isName || name === "file")) {
        const piece = Buffer.from(bytes.subarray(at, end));
        length += piece.length;
        if (length <= MAX_LENGTH) kept.push(piece);
      }
      isEscaped = isOpenEscape;
      isInText = end === bytes.length;
      at = end;
      if (isInText || depth !== 1) continue;
      if (isName) name = textOf(kept, length) ?? "";
      else if (name === "file") return textOf(kept, length);
    }
  }
  return null;
}

/** Returns the index of the closing quote of a text; the length of the bytes if it is not among them. */
function endOfText(bytes: Uint8Array, start: number, isEscaped: boolean): { readonly end: number; readonly isOpenEscape: boolean } {
  const first = isEscaped ? start + 1 : start;
  for (let end = bytes.indexOf(quote, first); end >= 0; end = bytes.indexOf(quote, end + 1)) {
    if (!isEscapedAt(bytes, end, first)) return { end, isOpenEscape: false };
  }
  return { end: bytes.length, isOpenEscape: first <= bytes.length && isEscapedAt(bytes, bytes.length, first) };
}

/** Whether an odd number of backslashes is before an index. */
function isEscapedAt(bytes: Uint8Array, index: number, first: number): boolean {
  let before = index - 1;
  while (before >= first && bytes[before] === backslash) before -= 1;
  return (index - 1 - before) % 2 === 1;
}

function textOf(pieces: readonly Buffer[], length: number): string | null {
  if (length > MAX_LENGTH) return null;
  try {
    const text: unknown = JSON.parse(`"${Buffer.concat(pieces).toString("utf8")}"`);
    return typeof text === "string" && text !== "" ? text : null;
  } catch {
    return null;
  }
}
