const LONGEST = 50;

/** What of a name can be in a slug: "Crème Brûlée 2" → "creme-brulee-2". Empty, or no slug, where nothing usable is left. */
export const slugFrom = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/[^a-z0-9_]+/g, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "");
