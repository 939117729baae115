import type * as z from "zod";
import { likeText, ruledText } from "./text.ts";

const MAX_SLUG = 50;
const SLUG = /^(?![0-9]+$)[a-z0-9_-]+$/;
const INVALID_SLUG =
  "Use lower-case letters, digits, hyphens and underscores only, and at least one character that is not a digit, as in my-project.";

/** Whether a text may be the slug of an organization, project or team; a text of digits only would be read as an id (contract §1.3). */
export function isValidSlug(text: string): boolean {
  return SLUG.test(text);
}

/** The slug of something to create: lower-case letters, digits, `-` and `_`, not digits only, at most 50 characters. */
export function slug(): z.ZodType<string, string> {
  return ruledText({ max: MAX_SLUG, rule: (value) => (isValidSlug(value) ? null : INVALID_SLUG) }, likeText({ max: MAX_SLUG }).regex(SLUG));
}
