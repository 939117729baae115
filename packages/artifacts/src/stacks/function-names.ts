/** A line of a resolved trace, as far as it tells names. `frame` is null for one that is no call. */
type Line = { readonly frame: { readonly original: { readonly name: string | null } | null } | null };

/**
 * What the function that each call is in is called in the source; null where that is not known. A map tells what was called at a place, not
 * in which function that place is: so the call below, which is the caller, names the function of the one above.
 */
export const functionNames = (lines: readonly Line[]): (string | null)[] =>
  lines.map(({ frame }, index) => (frame === null ? null : (lines[index + 1]?.frame?.original?.name ?? null)));
