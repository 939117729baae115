import { anyOf } from "@landfall/db/sql/conditions";
import { chunked } from "@landfall/db/sql/insert-rows";
import type { Reader, Tx } from "@landfall/db/store";
import type { RepositoryRow } from "@landfall/db/tables/schema";
import { instant } from "@landfall/schema/instant";
import type { RepositoryView } from "@landfall/schema/releases/commits";
import { and, desc, eq, notExists, or, sql } from "drizzle-orm";
import { preparedWithinReach, type ProjectReach, repositoryWithinReach } from "../access/project-reach.ts";

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
 * Returns the organization's repositories with these names, by name: active ones, or those of any status. Of several with the same name,
 * returns the newest. With `reach`, leaves out repositories that only releases out of reach have commits from.
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
  const wanted = status === "any" ? rows : rows.filter((row) => row.status === "active");
  return new Map(wanted.toReversed().map((row) => [row.name, row]));
}

const selectByName = preparedWithinReach((db, reach, param: { names: readonly string[]; organizationId: number }) => {
  const { releaseHeads, repositories } = db.tables;
  const named = and(eq(repositories.organizationId, param.organizationId), anyOf(repositories.name, param.names));
  const isUnused = notExists(
    db
      .select({ one: sql`1` })
      .from(releaseHeads)
      .where(eq(releaseHeads.repositoryId, repositories.id)),
  );
  const within = repositoryWithinReach(db, reach);
  return db
    .select()
    .from(repositories)
    .where(and(named, within && or(within, isUnused)))
    .orderBy(desc(repositories.id))
    .prepare();
});
