import type { Scope } from "@landfall/schema/scope";

/** The usual sets of scopes for a token of one's own, in words. */
export const SCOPE_SETS = [
  { name: "releases", words: "report releases, commits and deploys", scopes: ["project:releases", "project:read", "org:read"] },
  {
    name: "read",
    words: "only look: releases, projects, members, teams",
    scopes: ["project:read", "org:read", "member:read", "team:read"],
  },
  { name: "all", words: "everything I may do", scopes: null },
] as const satisfies readonly { readonly name: string; readonly words: string; readonly scopes: readonly Scope[] | null }[];

/** The scopes of a set, among those that may be given; none for a name that is no set's. */
export function scopesOfSet(name: string, offered: readonly Scope[]): readonly Scope[] {
  const set = SCOPE_SETS.find((one) => one.name === name);
  if (!set) return [];
  const wanted: readonly Scope[] = set.scopes ?? offered;
  return offered.filter((scope) => wanted.includes(scope));
}
