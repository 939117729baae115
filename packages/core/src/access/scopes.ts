import { expandScopes, ORG_READ, REL_READ, type Scope } from "@landfall/schema/scope";

/** Listing projects. Whoever may read releases sees their projects there anyway. */
export const PROJECTS_READ = [...ORG_READ, ...REL_READ] as const satisfies readonly Scope[];

/** Making projects (contract 11.5). */
export const PROJECT_CREATE = ["project:write", "project:admin", "org:write", "org:admin"] as const satisfies readonly Scope[];

/** Changing a project, and its release webhook (contract 2, row 32). */
export const PROJECT_WRITE = ["project:write", "project:admin"] as const satisfies readonly Scope[];

/** Saying who is whom: for who may change members. */
export const CONTRIBUTORS_WRITE = ["member:write", "member:admin"] as const satisfies readonly Scope[];

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

/** Seeing an organization. CI may see its own: some clients ask for it before every command (clients 2.2). */
export const ORGANIZATION_READ = [...ORG_READ, "org:ci"] as const satisfies readonly Scope[];

/** Changing an organization. */
export const ORGANIZATION_WRITE = ["org:write", "org:admin"] as const satisfies readonly Scope[];

/** Seeing teams (contract 2, row 44). */
export const TEAMS_READ = [...ORG_READ, "team:read", "team:write", "team:admin"] as const satisfies readonly Scope[];

/** Making teams, and choosing who is in them (contract 2, row 45). */
export const TEAMS_WRITE = ["org:write", "org:admin", "team:write", "team:admin"] as const satisfies readonly Scope[];

/** Inviting members, and seeing and taking back invitations. */
export const MEMBERS_INVITE = ["member:invite", "member:write", "member:admin"] as const satisfies readonly Scope[];
