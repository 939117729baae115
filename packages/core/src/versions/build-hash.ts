const hashLengths: ReadonlySet<number> = new Set([12, 16, 20, 32, 40, 64]);
const hexOnly = /^[0-9a-f]+$/i;

/**
 * Whether a text is taken for a commit or build hash: 12, 16, 20, 32, 40 or 64 hex digits of either case (contract 13.1, step 2).
 * Digits alone count too, so `foo@202105050906` names a hash and not a version.
 */
export const isBuildHash = (text: string): boolean => hashLengths.has(text.length) && hexOnly.test(text);

/** The first 12 digits of a hash, the form in which descriptions show it (contract 13.1, step 7). */
export const shortHash = (hash: string): string => hash.slice(0, 12);
