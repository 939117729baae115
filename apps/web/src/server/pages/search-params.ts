/** The query of a page's address, as Next hands it over. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** One text of the query, the first if it was given several times; null without one, and for an empty one. */
export function textParam(params: SearchParams, name: string): string | null {
  const value = params[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined || first === "" ? null : first;
}

/** All texts of one name in the query, empty ones left out. */
export function textParams(params: SearchParams, name: string): string[] {
  const value = params[name];
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).filter((text) => text !== "");
}

/** One of some words; the first of them for anything else. */
export function enumParam<T extends string>(params: SearchParams, name: string, choices: readonly [T, ...T[]]): T {
  const given = textParam(params, name);
  return choices.find((choice) => choice === given) ?? choices[0];
}

/** A part of an address as it was before it was escaped; one that is not escaped rightly is taken as it stands. */
export function decodePathSegment(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
