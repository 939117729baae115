import { createHash } from "node:crypto";
import type { Store, Tx } from "@landfall/db/store";
import type { ProjectRow, UserRow } from "@landfall/db/tables/schema";
import type { Role, Scope } from "@landfall/schema/scope";

type OrganizationOptions = {
  readonly openMembership?: boolean;
  /** Teams made along with it. */
  readonly teams?: readonly string[];
  /** Projects made along with it, and which of those teams owns each. */
  readonly projects?: Readonly<Record<string, string>>;
};

type MadeOrganization = {
  readonly id: number;
  readonly slug: string;
  /** The ids of the projects made along with it, by slug. */
  readonly projectIds: ReadonlyMap<string, number>;
};

/** Puts rows into a fresh database the short way. Everything is named; what is not said has a plain default. */
export interface Fixtures {
  organization(slug: string, options?: OrganizationOptions): Promise<MadeOrganization>;
  user(email: string, options?: { name?: string; organization?: string; role?: Role; teams?: readonly string[] }): Promise<UserRow>;
  team(organization: string, slug: string): Promise<number>;
  project(organization: string, slug: string, options?: { name?: string; teams?: readonly string[] }): Promise<ProjectRow>;
  /** A token of a person; answers its text. */
  userToken(email: string, scopes: readonly Scope[]): Promise<string>;
  /** A token of an organization; answers its text. */
  orgToken(organization: string, scopes?: readonly Scope[]): Promise<string>;
}

const CREATED = new Date("2020-01-01T00:00:00Z");

/** The fixtures of one store. */
export function fixtures(store: Store): Fixtures {
  let made = 0;
  const known = { organizations: new Map<string, number>(), users: new Map<string, number>(), teams: new Map<string, number>() };
  const write = <T>(work: (tx: Tx) => Promise<T>) => store.transaction(work);

  async function token(kind: "user" | "organization", owner: { userId?: number; organizationId?: number }, scopes: readonly Scope[]) {
    const secret = createHash("sha256").update(`token ${++made}`).digest("hex");
    const text =
      kind === "user" ? `sntryu_${secret}` : `sntrys_${btoa(JSON.stringify({ iat: 1, url: null, org: "x" }))}_${secret.slice(0, 43)}`;
    const tokenHash = createHash("sha256").update(text).digest("hex");
    const row = {
      kind,
      name: `token ${made}`,
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
        known.organizations.set(slug, row.id);
        const rowOf = (name: string) => ({ organizationId: row.id, slug: name, name, dateCreated: CREATED });
        const madeTeams = teams.length > 0 ? await tx.insert(t.teams).values(teams.map(rowOf)).returning() : [];
        for (const team of madeTeams) known.teams.set(`${slug}/${team.slug}`, team.id);
        const owned = Object.entries(projects);
        if (owned.length === 0) return { ...row, projectIds: new Map() };
        const madeProjects = await tx
          .insert(t.projects)
          .values(owned.map(([name]) => rowOf(name)))
          .returning();
        const projectIds = new Map(madeProjects.map((project) => [project.slug, project.id]));
        const links = owned.map(([name, team]) => ({ projectId: find(projectIds, name), teamId: find(known.teams, `${slug}/${team}`) }));
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
            .values({ organizationId: find(known.organizations, organization), userId: user.id, role, dateCreated: CREATED });
        }
        const memberships = teams.map((team) => ({ teamId: find(known.teams, `${organization}/${team}`), userId: user.id }));
        if (memberships.length > 0) await tx.insert(teamMembers).values(memberships);
        known.users.set(email, user.id);
        return user;
      }),

    team: (organization, slug) =>
      write(async (tx) => {
        const organizationId = find(known.organizations, organization);
        const row = one(await tx.insert(tx.tables.teams).values({ organizationId, slug, name: slug, dateCreated: CREATED }).returning());
        known.teams.set(`${organization}/${slug}`, row.id);
        return row.id;
      }),

    project: (organization, slug, { name = slug, teams = [] } = {}) =>
      write(async (tx) => {
        const organizationId = find(known.organizations, organization);
        const row = one(await tx.insert(tx.tables.projects).values({ organizationId, slug, name, dateCreated: CREATED }).returning());
        for (const team of teams)
          await tx.insert(tx.tables.projectTeams).values({ projectId: row.id, teamId: find(known.teams, `${organization}/${team}`) });
        return row;
      }),

    userToken: (email, scopes) => token("user", { userId: find(known.users, email) }, scopes),
    orgToken: (organization, scopes = ["org:ci"]) =>
      token("organization", { organizationId: find(known.organizations, organization) }, scopes),
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
