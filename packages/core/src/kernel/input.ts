import { isValidSlug } from "@landfall/schema/fields/names";
import { slugFrom } from "@landfall/schema/slug-from";
import type * as z from "zod";
import { invalidField, invalidInput } from "./app-error.ts";

/** Parses an input with its schema. Throws `invalid` with every issue and its path. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw invalidInput(parsed.error.issues.map(({ path, message }) => ({ path: path.map(pathStep), message })));
}

const pathStep = (key: PropertyKey): string | number => (typeof key === "symbol" ? String(key) : key);

/** The id written in `digits`; 0, which no row has, if it exceeds 32 bits. */
export const smallId = (digits: string): number => {
  const id = Number(digits);
  return id <= 2_147_483_647 ? id : 0;
};

/** The id written in a path; 0, which no row has, for anything but digits. */
export const readId = (text: string): number => (/^\d+$/.test(text) ? smallId(text) : 0);

/** Derives a slug from a name. Throws `invalid` at `slug` if the name has no usable characters. */
export function slugOfName(name: string): string {
  const slug = slugFrom(name);
  if (isValidSlug(slug)) return slug;
  throw invalidField("slug", `No slug can be derived from the name "${name}". Enter one, such as my-project.`);
}
