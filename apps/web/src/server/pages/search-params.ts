/** The query parameters of a page, as Next passes them. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** Returns a query parameter, the first of several; null if it is missing or empty. */
export function textParam(params: SearchParams, name: string): string | null {
  const value = params[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined || first === "" ? null : first;
}

/** Returns all values of a query parameter except empty ones. */
export function textParams(params: SearchParams, name: string): string[] {
  const value = params[name];
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).filter((text) => text !== "");
}

/** Returns a query parameter that is one of `choices`; the first of them for any other value. */
export function enumParam<T extends string>(params: SearchParams, name: string, choices: readonly [T, ...T[]]): T {
  const value = textParam(params, name);
  return choices.find((choice) => choice === value) ?? choices[0];
}

/** Returns a query parameter that is a day of the calendar, such as "2026-01-31", with its start in UTC; null for any other value. */
export function dayParam(params: SearchParams, name: string): { readonly text: string; readonly start: Date } | null {
  const text = textParam(params, name);
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const start = new Date(`${text}T00:00:00Z`);
  // `Date` would move February 31 to March. The years are those that instants around the day can be computed for.
  const isDay = !Number.isNaN(start.getTime()) && start.toISOString().startsWith(text);
  return isDay && start.getUTCFullYear() >= 1970 && start.getUTCFullYear() <= 9000 ? { text, start } : null;
}

/** Returns the decoded segments and the query parameters of a URL without its origin. */
export function parsePath(url: string): { readonly segments: readonly string[]; readonly searchParams: URLSearchParams } {
  const { pathname, searchParams } = new URL(url, "http://landfall.invalid");
  return { segments: pathname.split("/").slice(1).map(decodePathSegment), searchParams };
}

/** Decodes a URL segment; returns it unchanged if its escapes are invalid. */
export function decodePathSegment(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
