import { expiryOf } from "./expiry.ts";

type WarnedToken = { readonly dateExpires: string | null; readonly createdBy?: { readonly isMember: boolean } | null };

/** A line on the tokens that end soon, have ended, or whose creator has left and may still know them; null if there are none. */
export function tokenWarning(tokens: readonly WarnedToken[], now: Date): string | null {
  const count = (wanted: string) => tokens.filter(({ dateExpires }) => expiryOf(dateExpires, now) === wanted).length;
  const [soon, over] = [count("soon"), count("over")];
  const told = [
    ...(soon > 0
      ? [`${soon} ${soon === 1 ? "stops" : "stop"} working within 14 days: rotate ${soon === 1 ? "it" : "them"} before that.`]
      : []),
    ...(over > 0 ? [`${over} ${over === 1 ? "has" : "have"} expired and can be revoked.`] : []),
  ];
  const left = tokens.filter(({ createdBy }) => createdBy?.isMember === false).length;
  if (left > 0)
    told.push(`${left} ${left === 1 ? "was" : "were"} created by somebody who left: revoke or rotate ${left === 1 ? "it" : "them"}.`);
  return told.length === 0 ? null : told.join(" ");
}
