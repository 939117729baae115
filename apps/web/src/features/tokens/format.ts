import { DAY } from "@landfall/domain/durations";
import { expandScopes, type Scope, SCOPE_DESCRIPTIONS, SCOPES } from "@landfall/schema/scope";

/** How long before its expiry a warning is shown, in milliseconds: 14 days. */
const SOON = 14 * DAY;

/** How soon a token expires. */
export type Expiry = "never" | "later" | "soon" | "over";

/** Returns how soon a token expires. */
export function expiryOf(dateExpires: string | null, now: Date): Expiry {
  if (dateExpires === null) return "never";
  const left = new Date(dateExpires).getTime() - now.getTime();
  if (left <= 0) return "over";
  return left <= SOON ? "soon" : "later";
}

/** The lifetimes of new tokens, in days. */
export const EXPIRY_CHOICES = ["30", "90", "365", "never"] as const;

/** Returns the expiry date of a token created at `now` with a lifetime in days; null for "never". @throws RangeError for any other choice. */
export function expiryDate(choice: string, now: Date): string | null {
  if (choice === "never") return null;
  const days = EXPIRY_CHOICES.find((one) => one === choice);
  if (days === undefined) throw new RangeError(`unknown expiry "${choice}"`);
  return new Date(now.getTime() + Number(days) * DAY).toISOString();
}

/** Landfall has no events and alerts, so their scopes have no effect. */
const isSupported = (scope: Scope): boolean => !scope.startsWith("event:") && !scope.startsWith("alerts:");

/** The scopes that have an effect, in order. */
export const supportedScopes: readonly Scope[] = SCOPES.filter(isSupported);

/** Labels of scopes, with a short one for CI tokens. */
const SCOPE_LABELS: Readonly<Record<Scope, string>> = { ...SCOPE_DESCRIPTIONS, "org:ci": "create releases and deploys" };

/**
 * Describes what a token with these scopes can do: "create, change and delete releases; see the organization". Write access comes first;
 * scopes that are implied by others are left out.
 */
export function describeScopes(scopes: readonly string[]): string {
  const held = supportedScopes.filter((scope) => scopes.includes(scope));
  if (held.length === 0) return "nothing";
  const granted = expandScopes(held);
  if (supportedScopes.every((scope) => granted.has(scope))) return "everything its owner can do";
  const explicit = held.filter((scope) => !held.some((other) => other !== scope && expandScopes([other]).has(scope)));
  const [reading, writing] = [true, false].map((reads) => explicit.filter((scope) => scope.endsWith(":read") === reads));
  return [...(writing ?? []), ...(reading ?? [])].map((scope) => SCOPE_LABELS[scope]).join("; ");
}

type WarnedToken = { readonly dateExpires: string | null; readonly createdBy?: { readonly isMember: boolean } | null };

/** Returns a warning about tokens that expire soon, have expired, or whose creator has left; null if there are none. */
export function tokenWarning(tokens: readonly WarnedToken[], now: Date): string | null {
  const count = (expiry: Expiry) => tokens.filter(({ dateExpires }) => expiryOf(dateExpires, now) === expiry).length;
  const [soon, over] = [count("soon"), count("over")];
  const warnings = [
    ...(soon > 0
      ? [`${soon} ${soon === 1 ? "stops" : "stop"} working within 14 days: rotate ${soon === 1 ? "it" : "them"} before that.`]
      : []),
    ...(over > 0 ? [`${over} ${over === 1 ? "has" : "have"} expired and can be revoked.`] : []),
  ];
  const orphaned = tokens.filter(({ createdBy }) => createdBy?.isMember === false).length;
  if (orphaned > 0)
    warnings.push(
      `${orphaned} ${orphaned === 1 ? "was" : "were"} created by a former member: revoke or rotate ${orphaned === 1 ? "it" : "them"}.`,
    );
  return warnings.length === 0 ? null : warnings.join(" ");
}

/** Returns a short client name for a `User-Agent`: "sentry-cli 3.8.0"; "a browser" for all browsers; null without one. */
export function clientName(userAgent: string | null): string | null {
  const [product = ""] = userAgent?.trim().split(/\s+/) ?? [];
  if (product === "") return null;
  const [name = "", version] = product.split("/");
  if (name === "Mozilla") return "a browser";
  return version === undefined || version === "" ? name : `${name} ${version}`;
}
