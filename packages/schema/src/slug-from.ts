const LONGEST = 50;

/** Derives a slug from a name: "Crème Brûlée 2" → "creme-brulee-2". The result may be empty, or not a valid slug. */
export const slugFrom = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/[^a-z0-9_]+/g, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "");
