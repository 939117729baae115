import { isValidSlug } from "@landfall/schema/fields/slug";
import { slugFrom } from "@landfall/schema/slug-from";
import { invalidField } from "../app-error.ts";

/** The slug something called `name` gets when none was given. Throws `invalid` at `slug` when nothing usable is left of the name. */
export function slugOfName(name: string): string {
  const slug = slugFrom(name);
  if (isValidSlug(slug)) return slug;
  throw invalidField("slug", `No slug can be made from the name "${name}". Give one, as in my-project.`);
}
