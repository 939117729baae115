const DAY = 24 * 60 * 60 * 1000;

/** How long before its end a token is warned about: 14 days, in milliseconds. */
const SOON = 14 * DAY;

/** How near the end of a token is. */
export type Expiry = "never" | "later" | "soon" | "over";

/** How near a token's end is, seen from `now`. */
export function expiryOf(dateExpires: string | null, now: Date): Expiry {
  if (dateExpires === null) return "never";
  const left = new Date(dateExpires).getTime() - now.getTime();
  if (left <= 0) return "over";
  return left <= SOON ? "soon" : "later";
}

/** The ends a new token may be given, in days. */
export const EXPIRY_CHOICES = ["30", "90", "365", "never"] as const;

/** The end of a token made at `now` that is to live this many days; null for "never". Throws for anything else. */
export function expiryDate(choice: string, now: Date): string | null {
  if (choice === "never") return null;
  const days = EXPIRY_CHOICES.find((one) => one === choice);
  if (days === undefined) throw new RangeError(`no expiry is called "${choice}"`);
  return new Date(now.getTime() + Number(days) * DAY).toISOString();
}
