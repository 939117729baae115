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
