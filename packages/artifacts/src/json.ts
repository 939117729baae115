export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a JSON value is an object, not an array. */
export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

/** Bounds on parsed JSON: a byte of it can take fifty bytes of memory, and nested JSON takes a second for every few megabytes. */
export type JsonBounds = {
  readonly depth: number;
  /** Objects, arrays and their values. */
  readonly values: number;
};

const [quote, comma, backslash] = [0x22, 0x2c, 0x5c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Returns which bound JSON exceeds, without parsing it; null if it exceeds none, or if it is not JSON. */
export function jsonExcess(bytes: Uint8Array, bounds: JsonBounds): "depth" | "values" | null {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) at = endOfText(bytes, at);
    else if (byte === openBracket || byte === openBrace) {
      values += 1;
      depth += 1;
      if (depth > bounds.depth) return "depth";
    } else if (byte === closeBracket || byte === closeBrace) depth -= 1;
    else if (byte === comma) values += 1;
    if (values > bounds.values) return "values";
  }
  return null;
}

/** Returns the index of the closing quote of a string; the length of the input if there is none. */
function endOfText(bytes: Uint8Array, start: number): number {
  for (let end = bytes.indexOf(quote, start + 1); end >= 0; end = bytes.indexOf(quote, end + 1)) {
    let before = end - 1;
    while (bytes[before] === backslash) before -= 1;
    if ((end - before) % 2 === 1) return end;
  }
  return bytes.length;
}
