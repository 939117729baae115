/** Control characters, C1 ones among them, but for line breaks and tabs. */
const CONTROL = /(?![\n\t])\p{Cc}/gu;

/** A text without the characters that command a terminal: names and messages come from anybody. */
export const printableText = (text: string): string => text.replace(CONTROL, "\ufffd");

/** The same data with every text in it printable. */
export function printable<T>(data: T): T {
  return deep(data) as T;
}

/** Keeps the shape of what it is given; the compiler cannot follow that through unknown keys. */
function deep(value: unknown): unknown {
  if (typeof value === "string") return printableText(value);
  if (Array.isArray(value)) return value.map(deep);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, deep(one)]));
}
