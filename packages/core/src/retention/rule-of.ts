import type { SetRetentionInput } from "@landfall/schema/inputs/retention";
import { invalidField } from "../app-error.ts";
import type { RetentionRule } from "./make-judge.ts";

/**
 * The rule that somebody wrote down; null for one without any part, which is none. Throws `invalid` for environments alone: whatever is
 * uploaded is deployed later, and would be gone by then.
 */
export function parseRule({ keepLast = null, keepDays = null, environments = [] }: SetRetentionInput): RetentionRule | null {
  if (keepLast !== null || keepDays !== null) return { keepLast, keepDays, environments: [...new Set(environments)] };
  if (environments.length === 0) return null;
  throw invalidField(
    "environments",
    "Say also of how many releases, or for how many days: what is uploaded is deployed later, and must be there until then.",
  );
}
