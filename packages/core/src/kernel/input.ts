import type { Issue } from "@landfall/schema/error";
import { isValidSlug } from "@landfall/schema/fields/names";
import { slugFrom } from "@landfall/schema/slug-from";
import type * as z from "zod";
import { AppError, invalidField } from "./app-error.ts";

/** The input as its schema understands it; throws `invalid` with every issue and its path. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues: Issue[] = parsed.error.issues.map(({ path, message }) => ({ path: path.map(step), message }));
  throw new AppError("invalid", issues[0]?.message ?? "Invalid input", { issues });
}

const step = (key: PropertyKey): string | number => (typeof key === "symbol" ? String(key) : key);

/** The id named by a run of digits; 0, which nothing has, if it exceeds 32 bits. */
export const smallId = (digits: string): number => {
  const id = Number(digits);
  return id <= 2_147_483_647 ? id : 0;
};

/** The id a path names in digits; 0, which nothing has, for anything else. */
export const readId = (text: string): number => (/^\d+$/.test(text) ? smallId(text) : 0);

/** The slug something called `name` gets when none was given. Throws `invalid` at `slug` when nothing usable is left of the name. */
export function slugOfName(name: string): string {
  const slug = slugFrom(name);
  if (isValidSlug(slug)) return slug;
  throw invalidField("slug", `No slug can be made from the name "${name}". Give one, as in my-project.`);
}
