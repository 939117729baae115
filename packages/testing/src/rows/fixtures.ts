import { createHash } from "node:crypto";
import type { Store, Tx } from "@landfall/db/store";
import type { ProjectRow, UserRow } from "@landfall/db/tables/schema";
import type { Role, Scope } from "@landfall/schema/scope";

type OrganizationOptions = {
  readonly openMembership?: boolean;
  /** The teams to create with it. */
  readonly teams?: readonly string[];
  /** The projects to create with it, and the team that owns each. */
  readonly projects?: Readonly<Record<string, string>>;
};

type CreatedOrganization = {
  readonly id: number;
  readonly slug: string;
  /** The ids of the projects, by slug. */
  readonly projectIds: ReadonlyMap<string, number>;
};

/** Inserts rows into a fresh database directly. Objects are referred to by name; missing options have defaults. */
export interface Fixtures {
  organization(slug: string, options?: OrganizationOptions): Promise<CreatedOrganization>;
  user(email: string, options?: { name?: string; organization?: string; role?: Role; teams?: readonly string[] }): Promise<UserRow>;
  team(organization: string, slug: string): Promise<number>;
  project(organization: string, slug: string, options?: { name?: string; teams?: readonly string[] }): Promise<ProjectRow>;
  /** Creates a user token and returns its text. */
  userToken(email: string, scopes: readonly Scope[]): Promise<string>;
  /** Creates an organization token and returns its text. */
  orgToken(organization: string, scopes?: readonly Scope[]): Promise<string>;
}

const CREATED = new Date("2020-01-01T00:00:00Z");

/** The fixtures of one store. */
export function fixtures(store: Store): Fixtures {
  let count = 0;
  const ids = { organizations: new Map<string, number>(), users: new Map<string, number>(), teams: new Map<string, number>() };
  const write = <T>(work: (tx: Tx) => Promise<T>) => store.transaction(work);

  async function token(kind: "user" | "organization", owner: { userId?: number; organizationId?: number }, scopes: readonly Scope[]) {
    const secret = createHash("sha256").update(`token ${++count}`).digest("hex");
    const text =
      kind === "user" ? `sntryu_${secret}` : `sntrys_${btoa(JSON.stringify({ iat: 1, url: null, org: "x" }))}_${secret.slice(0, 43)}`;
    const tokenHash = createHash("sha256").update(text).digest("hex");
    const row = {
      kind,
      name: `token ${count}`,
      tokenHash,
      lastCharacters: text.slice(-4),
      scopes: [...scopes],
      dateCreated: CREATED,
      ...owner,
    };
    await write((tx) => tx.insert(tx.tables.tokens).values(row));
    return text;
  }

  return {
    organization: (slug, { openMembership = true, teams = [], projects = {} } = {}) =>
      write(async (tx) => {
        const t = tx.tables;
        const row = one(await tx.insert(t.organizations).values({ slug, name: slug, openMembership, dateCreated: CREATED }).returning());
        ids.organizations.set(slug, row.id);
        const rowOf = (name: string) => ({ organizationId: row.id, slug: name, name, dateCreated: CREATED });
        const teamRows = teams.length > 0 ? await tx.insert(t.teams).values(teams.map(rowOf)).returning() : [];
        for (const team of teamRows) ids.teams.set(`${slug}/${team.slug}`, team.id);
        const owned = Object.entries(projects);
        if (owned.length === 0) return { ...row, projectIds: new Map() };
        const projectRows = await tx
          .insert(t.projects)
          .values(owned.map(([name]) => rowOf(name)))
          .returning();
        const projectIds = new Map(projectRows.map((project) => [project.slug, project.id]));
        const links = owned.map(([name, team]) => ({ projectId: find(projectIds, name), teamId: find(ids.teams, `${slug}/${team}`) }));
        await tx.insert(t.projectTeams).values(links);
        return { ...row, projectIds };
      }),

    user: (email, { name = email, organization, role = "member", teams = [] } = {}) =>
      write(async (tx) => {
        const { users, userEmails, members, teamMembers } = tx.tables;
        const user = one(await tx.insert(users).values({ username: email, email, name, dateJoined: CREATED }).returning());
        await tx.insert(userEmails).values({ userId: user.id, email, isVerified: true });
        if (organization !== undefined) {
          await tx
            .insert(members)
            .values({ organizationId: find(ids.organizations, organization), userId: user.id, role, dateCreated: CREATED });
        }
        const memberships = teams.map((team) => ({ teamId: find(ids.teams, `${organization}/${team}`), userId: user.id }));
        if (memberships.length > 0) await tx.insert(teamMembers).values(memberships);
        ids.users.set(email, user.id);
        return user;
      }),

    team: (organization, slug) =>
      write(async (tx) => {
        const organizationId = find(ids.organizations, organization);
        const row = one(await tx.insert(tx.tables.teams).values({ organizationId, slug, name: slug, dateCreated: CREATED }).returning());
        ids.teams.set(`${organization}/${slug}`, row.id);
        return row.id;
      }),

    project: (organization, slug, { name = slug, teams = [] } = {}) =>
      write(async (tx) => {
        const organizationId = find(ids.organizations, organization);
        const row = one(await tx.insert(tx.tables.projects).values({ organizationId, slug, name, dateCreated: CREATED }).returning());
        for (const team of teams)
          await tx.insert(tx.tables.projectTeams).values({ projectId: row.id, teamId: find(ids.teams, `${organization}/${team}`) });
        return row;
      }),

    userToken: (email, scopes) => token("user", { userId: find(ids.users, email) }, scopes),
    orgToken: (organization, scopes = ["org:ci"]) =>
      token("organization", { organizationId: find(ids.organizations, organization) }, scopes),
  };
}

function one<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error("a fixture was not stored");
  return row;
}

function find(ids: ReadonlyMap<string, number>, name: string): number {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`no fixture is called ${name}`);
  return id;
}
