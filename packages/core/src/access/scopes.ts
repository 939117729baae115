import { expandScopes, ORG_READ, REL_READ, type Scope } from "@landfall/schema/scope";

/** Listing projects. Releases show their projects, so the scopes for reading those suffice. */
export const PROJECTS_READ = [...ORG_READ, ...REL_READ] as const satisfies readonly Scope[];

/** Creating projects (contract 11.5). */
export const PROJECT_CREATE = ["project:write", "project:admin", "org:write", "org:admin"] as const satisfies readonly Scope[];

/** Changing a project and its release webhook (contract 2, row 32). */
export const PROJECT_WRITE = ["project:write", "project:admin"] as const satisfies readonly Scope[];

/** Merging and separating contributors. */
export const CONTRIBUTORS_WRITE = ["member:write", "member:admin"] as const satisfies readonly Scope[];

/** Requests need the same few sets, which are cached. The cache is cleared when it has more than this. */
const MAX_CACHED = 500;

const granted = new Map<string, ReadonlySet<Scope>>();
const shared = new WeakMap<ReadonlySet<Scope>, WeakMap<ReadonlySet<Scope>, ReadonlySet<Scope>>>();

/** The scopes that a token grants by its stored scopes. Returns the same set for the same scopes. */
export function grantedScopes(stored: readonly string[]): ReadonlySet<Scope> {
  const key = stored.join(" ");
  const cached = granted.get(key);
  if (cached) return cached;
  const scopes = expandScopes(stored);
  if (granted.size >= MAX_CACHED) granted.clear();
  granted.set(key, scopes);
  return scopes;
}

/** The scopes in both sets. Returns the same set for the same sets. */
export function commonScopes(one: ReadonlySet<Scope>, other: ReadonlySet<Scope>): ReadonlySet<Scope> {
  const ofOne = shared.get(one) ?? new WeakMap<ReadonlySet<Scope>, ReadonlySet<Scope>>();
  shared.set(one, ofOne);
  const common = ofOne.get(other) ?? one.intersection(other);
  ofOne.set(other, common);
  return common;
}

/** Reading an organization, also with tokens of CI: some clients request it before every command (clients 2.2). */
export const ORGANIZATION_READ = [...ORG_READ, "org:ci"] as const satisfies readonly Scope[];

/** Changing an organization. */
export const ORGANIZATION_WRITE = ["org:write", "org:admin"] as const satisfies readonly Scope[];

/** Reading teams (contract 2, row 44). */
export const TEAMS_READ = [...ORG_READ, "team:read", "team:write", "team:admin"] as const satisfies readonly Scope[];

/** Creating teams and changing their members (contract 2, row 45). */
export const TEAMS_WRITE = ["org:write", "org:admin", "team:write", "team:admin"] as const satisfies readonly Scope[];

/** Inviting members, and listing and revoking invitations. */
export const MEMBERS_INVITE = ["member:invite", "member:write", "member:admin"] as const satisfies readonly Scope[];
