import { isValidSlug } from "@landfall/schema/fields/slug";
import { invalidField } from "../app-error.ts";

const LONGEST = 50;

/**
 * The slug something called `name` gets when none was given: "Crème Brûlée 2" → "creme-brulee-2". Throws `invalid` at `slug` when
 * nothing usable is left of the name.
 */
export function slugOfName(name: string): string {
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/[^a-z0-9_]+/g, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "");
  if (isValidSlug(slug)) return slug;
  throw invalidField("slug", `No slug can be made from the name "${name}". Give one, as in my-project.`);
}
