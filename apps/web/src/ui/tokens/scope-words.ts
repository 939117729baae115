import { expandScopes, SCOPE_DESCRIPTIONS, SCOPES, type Scope } from "@landfall/schema/scope";

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
