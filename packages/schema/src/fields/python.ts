/** Whether Python's str.isspace() is true for a UTF-16 code unit: Unicode white space and 0x1C to 0x1F, but not U+200B or U+FEFF. */
export function isPythonSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code >= 0x1c;
  if (code < 0x85) return false;
  if (code === 0x85 || code === 0xa0 || code === 0x1680) return true;
  if (code < 0x2000) return false;
  return code <= 0x200a || code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f || code === 0x3000;
}

/** Removes leading and trailing white space like Python's `str.strip()` (contract 3.3), in linear time. */
export function pythonStrip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isPythonSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isPythonSpace(text.charCodeAt(end - 1))) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/**
 * Formats a number like Python's `str()` (contract 1.19: `1` → "1", `1.5` → "1.5"); null for NaN and the infinities, which JSON does
 * not have. Whole numbers are written in full, fractions below 0.0001 as `1e-05`.
 */
export function pythonNumberText(value: number | bigint): string | null {
  if (typeof value === "bigint") return value.toString();
  if (!Number.isFinite(value)) return null;
  if (Number.isInteger(value)) return BigInt(value).toString();
  if (Math.abs(value) >= 0.0001) return String(value);
  const [digits = "", exponent = ""] = value.toExponential().split("e-");
  return `${digits}e-${exponent.padStart(2, "0")}`;
}

/**
 * The name of Python's type for a decoded JSON value: `dict`, `list`, `str`, `int`, `float`, `bool` or `NoneType`
 * (contract 1.7, §3.4). A number without a fraction is an `int`: JavaScript does not distinguish `1` from `1.0`.
 */
export function pythonTypeName(value: unknown): string {
  if (value === null || value === undefined) return "NoneType";
  if (Array.isArray(value)) return "list";
  switch (typeof value) {
    case "string":
      return "str";
    case "boolean":
      return "bool";
    case "bigint":
      return "int";
    case "number":
      return Number.isInteger(value) ? "int" : "float";
    case "function":
      return "function";
    default:
      return "dict";
  }
}

/** Formats a decoded JSON value like Python's `repr()`, for error messages of the wire that quote the input. Long values are cut. */
export function pythonRepr(value: unknown): string {
  const text = repr(value, 0);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 200;
const DEEPEST = 5;

function repr(value: unknown, depth: number): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value !== "object") return typeof value;
  if (depth === DEEPEST) return Array.isArray(value) ? "[...]" : "{...}";
  if (Array.isArray(value))
    return `[${value
      .slice(0, 50)
      .map((item) => repr(item, depth + 1))
      .join(", ")}]`;
  const members = Object.entries(value).slice(0, 50);
  return `{${members.map(([key, item]) => `${quoted(key)}: ${repr(item, depth + 1)}`).join(", ")}}`;
}

function quoted(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  return mark + text.slice(0, LONGEST).replaceAll(SPECIAL, (character) => escaped(character, mark)) + mark;
}

const SPECIAL = /[\p{Cc}\\']/gu;

const SHORT: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(character: string, mark: string): string {
  if (character === "'") return mark === "'" ? "\\'" : "'";
  return SHORT[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
