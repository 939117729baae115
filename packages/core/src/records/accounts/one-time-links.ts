import { DAY } from "@landfall/domain/durations";

/** The length of the secret in a setup or invitation link, in bytes. */
export const LINK_SECRET_BYTES = 32;

const LIFETIME_DAYS = 7;

/** `used` also means revoked, or replaced by a newer link. */
export type LinkState = "unused" | "used" | "expired";

/** The expiry date of a setup or invitation link that is created at `dateCreated`: 7 days later. */
export const linkExpiry = (dateCreated: Date): Date => new Date(dateCreated.getTime() + LIFETIME_DAYS * DAY);

export function linkState({ dateUsed, dateExpires }: { readonly dateUsed: Date | null; readonly dateExpires: Date }, now: Date): LinkState {
  if (dateUsed !== null) return "used";
  return dateExpires <= now ? "expired" : "unused";
}
