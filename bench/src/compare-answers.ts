/** An answer as it came, headers in small letters. */
export type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** Headers that differ from one answer to the next: the time, the request's own id, and the length of ids and dates. */
const FREE = new Set(["date", "x-request-id", "content-length"]);

/**
 * What two answers to one request differ in, as a sentence; null when they are equal apart from ids, dates and the servers' own
 * addresses. Bodies are compared as text: the order of fields counts.
 */
export function difference(one: Answer, other: Answer): string | null {
  if (one.status !== other.status) return `status ${one.status} against ${other.status}`;
  const names = new Set([...Object.keys(one.headers), ...Object.keys(other.headers)]);
  for (const name of names) {
    const [first, second] = [one.headers[name], other.headers[name]];
    if (first === undefined || second === undefined) return `header ${name}: ${first ?? "none"} against ${second ?? "none"}`;
    if (!FREE.has(name) && neutral(first) !== neutral(second)) return `header ${name}: ${first} against ${second}`;
  }
  return textDifference(neutral(one.body), neutral(other.body));
}

/** A text without what may differ: ids, dates, and the address a server was asked at. */
export function neutral(text: string): string {
  return text
    .replace(/"id":(?:\d+|"\d+")/g, '"id":…')
    .replace(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z"/g, '"…date…"')
    .replace(/http:\/\/(?:localhost|127\.0\.0\.1):\d+/g, "http://…");
}

const AROUND = 60;

function textDifference(one: string, other: string): string | null {
  if (one === other) return null;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const part = (text: string) => text.slice(Math.max(at - AROUND, 0), at + AROUND) || "nothing";
  return `body at ${at}: ${part(one)} against ${part(other)}`;
}
