/** Every scope of a token (contract 16.2). */
export const SCOPES = [
  "org:read",
  "org:write",
  "org:admin",
  "org:integrations",
  "org:ci",
  "member:invite",
  "member:read",
  "member:write",
  "member:admin",
  "team:read",
  "team:write",
  "team:admin",
  "project:read",
  "project:write",
  "project:admin",
  "project:releases",
  "event:read",
  "event:write",
  "event:admin",
  "alerts:read",
  "alerts:write",
] as const;

export type Scope = (typeof SCOPES)[number];

/** The scopes that each scope implies. `project:releases` and `org:ci` imply none. */
const IMPLIED: Partial<Record<Scope, readonly Scope[]>> = {
  "org:write": ["org:read"],
  "org:admin": ["org:write", "org:read", "org:integrations"],
  "member:write": ["member:read", "member:invite"],
  "member:admin": ["member:write", "member:read", "member:invite"],
  "team:write": ["team:read"],
  "team:admin": ["team:write", "team:read"],
  "project:write": ["project:read"],
  "project:admin": ["project:write", "project:read"],
  "event:write": ["event:read"],
  "event:admin": ["event:write", "event:read"],
  "alerts:write": ["alerts:read"],
};

/** Whether `text` names a scope. */
export const isScope = (text: string): text is Scope => (SCOPES as readonly string[]).includes(text);

/** Returns the scopes and all scopes that they imply. Unknown names are dropped: a token of a newer version must not grant more. */
export function expandScopes(scopes: readonly string[]): ReadonlySet<Scope> {
  const all = new Set<Scope>();
  for (const scope of scopes) {
    if (!isScope(scope)) continue;
    all.add(scope);
    for (const implied of IMPLIED[scope] ?? []) all.add(implied);
  }
  return all;
}

export const ROLES = ["member", "admin", "manager", "owner"] as const;
export type Role = (typeof ROLES)[number];

/** Whether `text` names a role. */
export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

const MEMBER: readonly Scope[] = [
  "org:read",
  "member:read",
  "team:read",
  "project:read",
  "project:releases",
  "event:admin",
  "alerts:write",
];

const ADMIN: readonly Scope[] = [...MEMBER, "org:integrations", "team:admin", "project:admin", "member:invite"];
const MANAGER: readonly Scope[] = [...ADMIN, "org:write", "member:admin"];

const BY_ROLE: Record<Role, ReadonlySet<Scope>> = {
  member: expandScopes(MEMBER),
  admin: expandScopes(ADMIN),
  manager: expandScopes(MANAGER),
  owner: expandScopes([...MANAGER, "org:admin", "org:ci"]),
};

const NONE: ReadonlySet<Scope> = new Set();
const byName: ReadonlyMap<string, ReadonlySet<Scope>> = new Map(Object.entries(BY_ROLE));

/** The scopes of a member with this role. An unknown role has none. */
export const scopesOfRole = (role: string): ReadonlySet<Scope> => byName.get(role) ?? NONE;

/** Descriptions of the scopes, for choosing the scopes of a token. */
export const SCOPE_DESCRIPTIONS: Record<Scope, string> = {
  "org:read": "see the organization",
  "org:write": "change the organization's settings",
  "org:admin": "do everything in the organization",
  "org:integrations": "connect and remove repositories",
  "org:ci": "create releases, commits and deploys from CI",
  "member:invite": "invite members",
  "member:read": "see members",
  "member:write": "change members",
  "member:admin": "remove members",
  "team:read": "see teams",
  "team:write": "create and change teams",
  "team:admin": "delete teams",
  "project:read": "see projects and releases",
  "project:write": "change projects, create and change releases",
  "project:admin": "create and delete projects, delete releases",
  "project:releases": "create, change and delete releases",
  "event:read": "see events",
  "event:write": "change events",
  "event:admin": "delete events",
  "alerts:read": "see alerts",
  "alerts:write": "change alerts",
};

/** Scope sets of the releases wire (contract 2): any one of a set suffices. */
export const REL_READ = [
  "project:read",
  "project:write",
  "project:admin",
  "project:releases",
  "org:ci",
] as const satisfies readonly Scope[];

export const REL_WRITE = ["project:write", "project:admin", "project:releases", "org:ci"] as const satisfies readonly Scope[];

/** Without `org:ci`, so that a leaked CI token cannot change release notes. */
export const NOTES_WRITE = ["project:write", "project:admin", "project:releases"] as const satisfies readonly Scope[];

export const REL_DELETE = ["project:admin", "project:releases"] as const satisfies readonly Scope[];
export const ORG_READ = ["org:read", "org:write", "org:admin"] as const satisfies readonly Scope[];
export const REPO_READ = [...ORG_READ, "org:integrations", "org:ci"] as const satisfies readonly Scope[];
export const REPO_WRITE = ["org:write", "org:admin", "org:integrations"] as const satisfies readonly Scope[];
