import { invalidField } from "../app-error.ts";

/** The date at `path`, null when there is none. Throws `invalid` at it for a moment that is over. */
export function futureDate(path: string, date: Date | null | undefined, now: Date): Date | null {
  if (!date) return null;
  if (date <= now) throw invalidField(path, "The expiry date must lie in the future.");
  return date;
}
