import { expandScopes, type Scope, SCOPE_DESCRIPTIONS, SCOPES } from "@landfall/schema/scope";

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

/** Events and alerts are not received here: to be allowed anything about them means nothing. */
const isSupported = (scope: Scope): boolean => !scope.startsWith("event:") && !scope.startsWith("alerts:");

/** The scopes that mean something here, in their order. */
export const supportedScopes: readonly Scope[] = SCOPES.filter(isSupported);

/** What the CI of an organization can do, short enough for a line of a list. */
const SCOPE_LABELS: Readonly<Record<Scope, string>> = { ...SCOPE_DESCRIPTIONS, "org:ci": "create releases and deploys" };

/**
 * What a token with these scopes can do, in words: "create, change and delete releases; see the organization". What changes something
 * comes first; what a scope implies is not said again.
 */
export function describeScopes(scopes: readonly string[]): string {
  const held = supportedScopes.filter((scope) => scopes.includes(scope));
  if (held.length === 0) return "nothing here";
  const granted = expandScopes(held);
  if (supportedScopes.every((scope) => granted.has(scope))) return "everything its owner may do";
  const told = held.filter((scope) => !held.some((other) => other !== scope && expandScopes([other]).has(scope)));
  const [reading, writing] = [true, false].map((reads) => told.filter((scope) => scope.endsWith(":read") === reads));
  return [...(writing ?? []), ...(reading ?? [])].map((scope) => SCOPE_LABELS[scope]).join("; ");
}

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

/** A client as a dense line names it, by its User-Agent: "sentry-cli 3.8.0"; "a browser" for all of those. */
export function clientName(userAgent: string | null): string | null {
  const [product = ""] = userAgent?.trim().split(/\s+/) ?? [];
  if (product === "") return null;
  const [name = "", version] = product.split("/");
  if (name === "Mozilla") return "a browser";
  return version === undefined || version === "" ? name : `${name} ${version}`;
}
