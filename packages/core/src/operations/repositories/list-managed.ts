import { anyOf, containsText } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import type { Page } from "@landfall/schema/page";
import { instant } from "@landfall/schema/instant";
import { ListRepositoriesInput } from "@landfall/schema/releases/commits";
import { GetLinksInput, type LinksView, type ManagedRepositoryView } from "@landfall/schema/releases/repositories";
import { ORG_READ, REL_READ } from "@landfall/schema/scope";
import { and, asc, count, desc, eq, sql } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import {
  commitWithinReach,
  preparedWithinReach,
  type ProjectReach,
  reachableProjects,
  repositoryWithinReach,
} from "../../access/project-reach.ts";
import { readId } from "../../kernel/input.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { describeLinkSource } from "../../records/repositories.ts";

/**
 * Lists the active repositories within the caller's reach with their settings, other names, number of commits, and newest commit, sorted by
 * name. Three queries.
 */
export const listManagedRepositories = query({
  scope: ORG_READ,
  at: atOrganization,
  input: ListRepositoriesInput.pick({ query: true, cursor: true, per_page: true }),
  run: async ({ db, at: { access } }, { query: part = "", ...request }): Promise<Page<ManagedRepositoryView>> => {
    const window = offsetWindow(request, { most: MAX_PAGE });
    const reach = await reachableProjects(db, access);
    const { repositories } = db.tables;
    const rows = await db
      .select()
      .from(repositories)
      .where(
        and(
          eq(repositories.organizationId, access.organization.id),
          eq(repositories.status, "active"),
          part === "" ? undefined : containsText(repositories.name, part),
          repositoryWithinReach(db, reach),
        ),
      )
      .orderBy(asc(repositories.name), asc(repositories.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    const ids = items.map(({ id }) => id);
    const aliases = Map.groupBy(await findAliases(db, ids), ({ repositoryId }) => repositoryId);
    const counts = new Map((await countCommits(db, reach, ids)).map((row) => [row.id, row]));
    const views = items.map(({ id, name, status, url, links: settings }) => ({
      id: String(id),
      name,
      status,
      url,
      links: settings,
      aliases: (aliases.get(id) ?? []).map((alias) => alias.name),
      ...describeCount(counts.get(id), reach),
    }));
    return { items: views, ...links };
  },
});

/** Counting the commits of more repositories would take too long. */
const MAX_PAGE = 25;

const findAliases = async (db: Reader, ids: readonly number[]) => {
  const { repositoryAliases } = db.tables;
  const { name, repositoryId } = repositoryAliases;
  return db.select({ name, repositoryId }).from(repositoryAliases).where(anyOf(repositoryId, ids)).orderBy(asc(name));
};

/** The most commits of a repository that are counted; fewer if each must be checked for its releases. */
const maxCounted = (reach: ProjectReach): number => (reach.all ? 10_000 : 1000);

type Count = { readonly scanned: number; readonly within: number; readonly sha: string | null; readonly dateCreated: Date | null };

function describeCount(
  { scanned, within, sha, dateCreated }: Count = { scanned: 0, within: 0, sha: null, dateCreated: null },
  reach: ProjectReach,
): Pick<ManagedRepositoryView, "commits" | "lastCommit"> {
  const max = maxCounted(reach);
  return {
    commits: { count: Math.min(within, max), isCapped: scanned > max },
    lastCommit: sha === null || dateCreated === null ? null : { sha, dateCreated: instant(dateCreated) },
  };
}

/** Counts the newest commits of repositories that are within reach, and finds the newest of them. */
async function countCommits(db: Reader, reach: ProjectReach, ids: readonly number[]) {
  const { repositories, commits } = db.tables;
  const isWithin = sql<number>`case when ${commitWithinReach(db, reach) ?? sql`1 = 1`} then 1 else 0 end`;
  const newest = (limit: number) =>
    db
      .select({ id: commits.id, dateCreated: commits.dateCreated, isWithin: isWithin.as("is_within") })
      .from(commits)
      .where(eq(commits.repositoryId, repositories.id))
      .orderBy(desc(commits.dateCreated), desc(commits.id))
      .limit(limit)
      .as("newest");
  const all = newest(maxCounted(reach) + 1);
  const first = newest(reach.all ? 1 : maxCounted(reach));
  const counted = db
    .select({
      id: repositories.id,
      scanned: sql<number>`(${db.select({ count: count() }).from(all)})`.mapWith(Number).as("scanned"),
      within: sql<number>`(${db.select({ sum: sql`coalesce(sum(${all.isWithin}), 0)` }).from(all)})`.mapWith(Number).as("within"),
      lastId: sql<number>`(${db
        .select({ id: first.id })
        .from(first)
        .where(sql`${first.isWithin} = 1`)
        .orderBy(desc(first.dateCreated), desc(first.id))
        .limit(1)})`.as("last_id"),
    })
    .from(repositories)
    .where(anyOf(repositories.id, ids))
    .as("counted");
  return db
    .select({ id: counted.id, scanned: counted.scanned, within: counted.within, sha: commits.sha, dateCreated: commits.dateCreated })
    .from(counted)
    .leftJoin(commits, eq(commits.id, counted.lastId));
}

/** Returns the ticket template of the organization, and what the links of these repositories depend on. Two queries at most. */
export const getLinks = query({
  scope: REL_READ,
  at: atOrganization,
  input: GetLinksInput,
  run: async ({ db, at: { access } }, { ids }): Promise<LinksView> => {
    const { organization } = access;
    const values = { organizationId: organization.id, ids: ids.map(readId) };
    const rows = ids.length === 0 ? [] : await selectLinks(db, await reachableProjects(db, access), values);
    return {
      ticketUrl: organization.ticketUrl,
      repositories: rows.map((row) => ({ id: String(row.id), ...describeLinkSource(organization, row) })),
    };
  },
});

const selectLinks = preparedWithinReach((db, reach, param: { organizationId: number; ids: readonly number[] }) => {
  const { repositories } = db.tables;
  const { id, name, url, links } = repositories;
  const ofOrganization = eq(repositories.organizationId, param.organizationId);
  return db
    .select({ id, name, url, links })
    .from(repositories)
    .where(and(ofOrganization, anyOf(id, param.ids), repositoryWithinReach(db, reach)))
    .orderBy(asc(name))
    .prepare();
});
