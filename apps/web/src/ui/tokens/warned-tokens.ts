import { expiryOf } from "./expiry.ts";

/** A line on the tokens that end soon, or have ended; null when none of them does. */
export function warnedTokens(tokens: readonly { readonly dateExpires: string | null }[], now: Date): string | null {
  const count = (wanted: string) => tokens.filter(({ dateExpires }) => expiryOf(dateExpires, now) === wanted).length;
  const [soon, over] = [count("soon"), count("over")];
  const told = [
    ...(soon > 0
      ? [`${soon} ${soon === 1 ? "stops" : "stop"} working within 14 days: rotate ${soon === 1 ? "it" : "them"} before that.`]
      : []),
    ...(over > 0 ? [`${over} ${over === 1 ? "has" : "have"} expired and can be revoked.`] : []),
  ];
  return told.length === 0 ? null : told.join(" ");
}
