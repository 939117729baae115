import { expandScopes, type Scope } from "@landfall/schema/scope";

/** Every request needs the same few sets; they are made once. More kinds of tokens than this, and making them anew costs less. */
const MAX_CACHED = 500;
const granted = new Map<string, ReadonlySet<Scope>>();
const shared = new WeakMap<ReadonlySet<Scope>, WeakMap<ReadonlySet<Scope>, ReadonlySet<Scope>>>();

/** What a token with these stored scopes grants. The same scopes answer the same set. */
export function grantedScopes(stored: readonly string[]): ReadonlySet<Scope> {
  const key = stored.join(" ");
  const known = granted.get(key);
  if (known) return known;
  const scopes = expandScopes(stored);
  if (granted.size >= MAX_CACHED) granted.clear();
  granted.set(key, scopes);
  return scopes;
}

/** The scopes in both sets. The same sets answer the same set. */
export function commonScopes(one: ReadonlySet<Scope>, other: ReadonlySet<Scope>): ReadonlySet<Scope> {
  const ofOne = shared.get(one) ?? new WeakMap<ReadonlySet<Scope>, ReadonlySet<Scope>>();
  shared.set(one, ofOne);
  const common = ofOne.get(other) ?? one.intersection(other);
  ofOne.set(other, common);
  return common;
}
