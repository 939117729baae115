/** A decoded JSON value as Python shows it, for texts of the wire that quote what was sent. Long values are cut. */
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
