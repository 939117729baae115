import { createHash } from "node:crypto";
import type { Store } from "@landfall/db/store";
import type { CommitRow, ReleaseRow } from "@landfall/db/tables/schema";
import { and, asc, desc, eq } from "drizzle-orm";

export type StoredActivity = {
  readonly kind: string;
  readonly project: string;
  readonly ident: string;
  readonly data: unknown;
  readonly date: string;
};

export type StoredHead = { readonly repository: string; readonly commit: string; readonly previous: string | null };

type StoredPointer = {
  readonly project: string;
  readonly environment: string;
  readonly deployId: number | null;
  readonly firstSeen: string;
  readonly lastSeen: string;
};

type StoredToken = {
  readonly dateLastUsed: Date | null;
  readonly lastUsedClient: string | null;
  readonly projectLastUsedId: number | null;
};

/** Stored values that no response contains, as plain data. Organizations are referred to by id. */
export interface Stored {
  /** The activities of all projects, oldest first; only those of one version if `ident` is set. */
  activities(organizationId: number): Promise<StoredActivity[]>;
  release(organizationId: number, version: string): Promise<ReleaseRow | undefined>;
  /** The head commits of a release, by repository. */
  heads(organizationId: number, version: string): Promise<StoredHead[]>;
  /** The last deploys of a release, by project and environment. */
  pointers(organizationId: number, version: string): Promise<StoredPointer[]>;
  /** The commits of a sha, one for each repository, oldest first. */
  commits(organizationId: number, sha: string): Promise<CommitRow[]>;
  /** The names of all repositories, in order. */
  repositories(organizationId: number): Promise<string[]>;
  /** The id of the newest repository of this name; 0 if there is none. */
  repositoryId(organizationId: number, name: string): Promise<number>;
  /** The names of all environments, in order. */
  environments(organizationId: number): Promise<string[]>;
  /** The last use of a token, by its text. */
  tokenUse(token: string): Promise<StoredToken | undefined>;
}

/** Reads one store. */
export function stored({ read: db }: Store): Stored {
  const t = db.tables;
  const ofRelease = (organizationId: number, version: string) =>
    and(eq(t.releases.organizationId, organizationId), eq(t.releases.version, version));

  return {
    async activities(organizationId) {
      const rows = await db
        .select({ activity: t.activities, project: t.projects.slug })
        .from(t.activities)
        .innerJoin(t.projects, eq(t.projects.id, t.activities.projectId))
        .where(eq(t.activities.organizationId, organizationId))
        .orderBy(asc(t.activities.id));
      return rows.map(({ activity: { kind, ident, data, dateCreated }, project }) => ({
        kind,
        project,
        ident,
        data,
        date: dateCreated.toISOString(),
      }));
    },

    async release(organizationId, version) {
      const [row] = await db.select().from(t.releases).where(ofRelease(organizationId, version));
      return row;
    },

    heads: (organizationId, version) =>
      db
        .select({ repository: t.repositories.name, commit: t.commits.sha, previous: t.releaseHeads.previousSha })
        .from(t.releaseHeads)
        .innerJoin(t.releases, eq(t.releases.id, t.releaseHeads.releaseId))
        .innerJoin(t.repositories, eq(t.repositories.id, t.releaseHeads.repositoryId))
        .innerJoin(t.commits, eq(t.commits.id, t.releaseHeads.commitId))
        .where(ofRelease(organizationId, version))
        .orderBy(asc(t.repositories.name)),

    async pointers(organizationId, version) {
      const rows = await db
        .select({ pointer: t.releaseEnvironments, project: t.projects.slug, environment: t.environments.name })
        .from(t.releaseEnvironments)
        .innerJoin(t.releases, eq(t.releases.id, t.releaseEnvironments.releaseId))
        .innerJoin(t.projects, eq(t.projects.id, t.releaseEnvironments.projectId))
        .innerJoin(t.environments, eq(t.environments.id, t.releaseEnvironments.environmentId))
        .where(ofRelease(organizationId, version))
        .orderBy(asc(t.projects.id), asc(t.environments.name));
      return rows.map(({ pointer: { lastDeployId: deployId, firstSeen, lastSeen }, project, environment }) => ({
        project,
        environment,
        deployId,
        firstSeen: firstSeen.toISOString(),
        lastSeen: lastSeen.toISOString(),
      }));
    },

    commits: (organizationId, sha) =>
      db
        .select()
        .from(t.commits)
        .where(and(eq(t.commits.organizationId, organizationId), eq(t.commits.sha, sha)))
        .orderBy(asc(t.commits.id)),

    async repositories(organizationId) {
      const rows = await db
        .select()
        .from(t.repositories)
        .where(eq(t.repositories.organizationId, organizationId))
        .orderBy(asc(t.repositories.name));
      return rows.map(({ name }) => name);
    },

    async repositoryId(organizationId, name) {
      const [row] = await db
        .select({ id: t.repositories.id })
        .from(t.repositories)
        .where(and(eq(t.repositories.organizationId, organizationId), eq(t.repositories.name, name)))
        .orderBy(desc(t.repositories.id));
      return row?.id ?? 0;
    },

    async environments(organizationId) {
      const rows = await db
        .select()
        .from(t.environments)
        .where(eq(t.environments.organizationId, organizationId))
        .orderBy(asc(t.environments.name));
      return rows.map(({ name }) => name);
    },

    async tokenUse(token) {
      const tokenHash = createHash("sha256").update(token).digest("hex");
      const { dateLastUsed, lastUsedClient, projectLastUsedId } = t.tokens;
      const [row] = await db
        .select({ dateLastUsed, lastUsedClient, projectLastUsedId })
        .from(t.tokens)
        .where(eq(t.tokens.tokenHash, tokenHash));
      return row;
    },
  };
}
