import { anyOf } from "@landfall/db/sql/conditions";
import { chunked } from "@landfall/db/sql/insert-rows";
import type { Reader, Tx } from "@landfall/db/store";
import type { OrganizationRow, RepositoryRow } from "@landfall/db/tables/schema";
import { instant } from "@landfall/schema/instant";
import type { RepositoryView } from "@landfall/schema/releases/commits";
import type { LinkSourceView } from "@landfall/schema/releases/repositories";
import { and, desc, eq, notExists, or, type SQL, sql } from "drizzle-orm";
import { type PreparedReach, preparedWithinReach, type ProjectReach, repositoryWithinReach } from "../access/project-reach.ts";

/**
 * Returns a repository as the API returns it (contract 12.5). The provider is always unknown, so that clients send whole commits: this
 * server cannot resolve references to commits.
 */
export const describeRepository = (row: RepositoryRow): RepositoryView => ({
  id: String(row.id),
  name: row.name,
  url: row.url,
  provider: { id: "unknown", name: "Unknown Provider" },
  status: row.status,
  dateCreated: instant(row.dateCreated),
  integrationId: null,
  externalSlug: null,
  externalId: row.externalId,
});

/** Returns the values that the links of a repository are made from. */
export const describeLinkSource = (
  { ticketUrl }: Pick<OrganizationRow, "ticketUrl">,
  { name, url, links }: Pick<RepositoryRow, "name" | "url" | "links">,
): LinkSourceView => ({ name, url, links, ticketUrl });

/** The name of the repository of commits that name no repository (contract 14.2). */
export const unnamedRepository = (organizationId: number): string => `organization-${organizationId}`;

/** Returns the organization's active repositories with these names, by name. Creates the missing ones (contract 14.2). */
export async function ensureRepositories(
  tx: Tx,
  organizationId: number,
  names: ReadonlySet<string>,
  now: Date,
): Promise<Map<string, RepositoryRow>> {
  const found = await findRepositories(tx, organizationId, names, "active");
  // Sorted, so that two transactions that write the same rows cannot deadlock.
  const missing = [...names].filter((name) => !found.has(name)).toSorted();
  if (missing.length === 0) return found;
  for (const rows of chunked(missing.map((name) => ({ organizationId, name, dateCreated: now })))) {
    await tx.insert(tx.tables.repositories).values(rows).onConflictDoNothing();
  }
  return findRepositories(tx, organizationId, names, "active");
}

/**
 * Returns the organization's repositories with these names, by the name asked for: active ones, or those of any status. Of several with the
 * same name, returns an active one, else the one that has the name as another name, else the newest. With `reach`, leaves out repositories
 * that only releases out of reach have commits from.
 */
export async function findRepositories(
  db: Reader,
  organizationId: number,
  names: ReadonlySet<string>,
  status: "active" | "any",
  reach: ProjectReach = { all: true },
): Promise<Map<string, RepositoryRow>> {
  if (names.size === 0) return new Map();
  const rows = await selectByName(db, reach, { organizationId, names: [...names] });
  const byName = (wanted: readonly RepositoryRow[]) => wanted.toReversed().map((row) => [row.name, row] as const);
  const active = new Map(byName(rows.filter((row) => row.status === "active")));
  const missing = [...names].filter((name) => !active.has(name));
  if (missing.length === 0) return active;
  const renamed = await selectByAlias(db, reach, { organizationId, names: missing });
  const byAlias = renamed.map(({ alias, repository }) => [alias, repository] as const);
  if (status === "any") return new Map([...byName(rows), ...byAlias, ...active]);
  return new Map([...byAlias.filter(([, repository]) => repository.status === "active"), ...active]);
}

const selectByName = preparedWithinReach((db, reach, param: { names: readonly string[]; organizationId: number }) => {
  const { repositories } = db.tables;
  const named = and(eq(repositories.organizationId, param.organizationId), anyOf(repositories.name, param.names));
  return db
    .select()
    .from(repositories)
    .where(and(named, isUsable(db, reach)))
    .orderBy(desc(repositories.id))
    .prepare();
});

const selectByAlias = preparedWithinReach((db, reach, param: { names: readonly string[]; organizationId: number }) => {
  const { repositories, repositoryAliases } = db.tables;
  const named = and(eq(repositoryAliases.organizationId, param.organizationId), anyOf(repositoryAliases.name, param.names));
  return db
    .select({ alias: repositoryAliases.name, repository: repositories })
    .from(repositoryAliases)
    .innerJoin(repositories, eq(repositories.id, repositoryAliases.repositoryId))
    .where(and(named, isUsable(db, reach)))
    .prepare();
});

/** The condition that a repository is within reach, or that no release has commits from it. */
function isUsable(db: Reader, reach: PreparedReach): SQL | undefined {
  const { releaseHeads, repositories } = db.tables;
  const within = repositoryWithinReach(db, reach);
  const isUnused = notExists(
    db
      .select({ one: sql`1` })
      .from(releaseHeads)
      .where(eq(releaseHeads.repositoryId, repositories.id)),
  );
  return within && or(within, isUnused);
}
