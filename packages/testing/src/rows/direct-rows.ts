import type { Context } from "@landfall/core/kernel/context";
import { createRelease } from "@landfall/core/operations/releases/create";
import { defaultPosition } from "@landfall/core/records/environments/environment-order";
import type { Store } from "@landfall/db/store";
import { and, eq, inArray } from "drizzle-orm";

type RepositoryOptions = { readonly externalId?: string; readonly status?: string };

/** Rows that no call of the REST API can create: those of an integration, another version or an issue tracker. */
export interface DirectRows {
  repository(organizationId: number, name: string, options?: RepositoryOptions): Promise<void>;
  /** Records that a release was seen in an environment without a deploy; the environment is created if needed. */
  seenIn(organizationId: number, version: string, environment: string, projectId: number): Promise<void>;
  /** Sets the number of new issues of a project in a release. */
  newGroups(organizationId: number, version: string, projectId: number, count: number): Promise<void>;
  /** Adds another email to a person. */
  secondEmail(email: string, second: string): Promise<void>;
  /** Deactivates a person. */
  deactivate(email: string): Promise<void>;
  /** Removes the commits of a sha and their authors, as if by hand. */
  loseCommits(organizationId: number, sha: string): Promise<void>;
}

const SEEN = new Date("2020-01-01T00:00:00Z");

/** Inserts into one store. */
export function directRows(store: Store): DirectRows {
  const { tables: t } = store.read;

  return {
    async repository(organizationId, name, options = {}) {
      await store.transaction((tx) => tx.insert(t.repositories).values({ organizationId, name, dateCreated: SEEN, ...options }));
    },

    seenIn: (organizationId, version, name, projectId) =>
      store.transaction(async (tx) => {
        await tx
          .insert(t.environments)
          .values({ organizationId, name, position: defaultPosition(name), dateCreated: SEEN })
          .onConflictDoNothing();
        const ofName = and(eq(t.environments.organizationId, organizationId), eq(t.environments.name, name));
        const [environment] = await tx.select().from(t.environments).where(ofName);
        const [release] = await tx
          .select()
          .from(t.releases)
          .where(and(eq(t.releases.organizationId, organizationId), eq(t.releases.version, version)));
        if (!release || !environment) throw new Error(`no release ${version} to be seen in ${name}`);
        await tx
          .insert(t.releaseEnvironments)
          .values({ releaseId: release.id, projectId, environmentId: environment.id, firstSeen: SEEN, lastSeen: SEEN });
      }),

    newGroups: (organizationId, version, projectId, newGroups) =>
      store.transaction(async (tx) => {
        const [release] = await tx
          .select()
          .from(t.releases)
          .where(and(eq(t.releases.organizationId, organizationId), eq(t.releases.version, version)));
        if (!release) throw new Error(`no release ${version} to count issues of`);
        await tx
          .update(t.releaseProjects)
          .set({ newGroups })
          .where(and(eq(t.releaseProjects.releaseId, release.id), eq(t.releaseProjects.projectId, projectId)));
      }),

    secondEmail: (email, second) =>
      store.transaction(async (tx) => {
        const [user] = await tx.select().from(t.users).where(eq(t.users.email, email));
        if (!user) throw new Error(`no user has the email ${email}`);
        await tx.insert(t.userEmails).values({ userId: user.id, email: second, isVerified: true });
      }),

    async deactivate(email) {
      await store.transaction((tx) => tx.update(t.users).set({ isActive: false }).where(eq(t.users.email, email)));
    },

    async loseCommits(organizationId, sha) {
      await store.transaction(async (tx) => {
        await tx.delete(t.commits).where(and(eq(t.commits.organizationId, organizationId), eq(t.commits.sha, sha)));
        await tx.delete(t.commitAuthors).where(eq(t.commitAuthors.organizationId, organizationId));
      });
    },
  };
}

/** The author of a commit: "Ada <ada@x.y>", or "<ada@x.y>". */
export type Author = string;

let count = 0;

/** Reports a release of projects with one commit of each author, a minute apart from `date` on. Returns their hashes. */
export async function writeRelease(
  context: Context,
  {
    organization = "acme",
    version,
    projects,
    date = "2026-01-01T00:00:00Z",
  }: { organization?: string; version: string; projects: string[]; date?: string },
  authors: readonly Author[],
): Promise<string[]> {
  const commits = authors.map((author, index) => ({
    id: `${version}-${(count += 1)}`,
    repository: "acme/app",
    message: `Change ${index} of ${version}`,
    ...authorOf(author),
    timestamp: new Date(Date.parse(date) + index * 60_000).toISOString(),
  }));
  await createRelease(context, { organization, version, projects, dateReleased: date, commits: commits.toReversed() });
  return commits.map(({ id }) => id);
}

/** Merges author emails of an organization into `into`; all of them must have commits. */
export async function mergeDirectly(store: Store, organizationId: number, into: string, emails: readonly string[]): Promise<void> {
  const { commitAuthors } = store.read.tables;
  const ofOrganization = eq(commitAuthors.organizationId, organizationId);
  const [main] = await store.read
    .select()
    .from(commitAuthors)
    .where(and(ofOrganization, eq(commitAuthors.email, into)));
  if (!main) throw new Error(`no author has the email ${into}`);
  await store.transaction((tx) =>
    tx
      .update(commitAuthors)
      .set({ mergedInto: main.id })
      .where(and(ofOrganization, inArray(commitAuthors.email, [...emails]))),
  );
}

function authorOf(author: Author): { author_name?: string; author_email: string } {
  const [, name = "", email = ""] = /^(.*?)\s*<(.*)>$/.exec(author) ?? [];
  return name === "" ? { author_email: email } : { author_name: name, author_email: email };
}
