import { anyOf } from "@landfall/db/sql/conditions";
import { chunked } from "@landfall/db/sql/insert-rows";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader, Tx } from "@landfall/db/store";
import type { CommitAuthorRow } from "@landfall/db/tables/schema";
import type { AuthorView } from "@landfall/schema/organizations/accounts";
import { and, asc, desc, eq, or, sql } from "drizzle-orm";
import { type ProjectReach, withinReach } from "../access/project-reach.ts";
import { describeUser, findMembersByEmail } from "./users.ts";

/**
 * Returns authors by id: the member that has the email, else the name and email in the commits (contract 12.1). At most three queries.
 */
export async function findAuthors(db: Reader, organizationId: number, ids: readonly number[]): Promise<Map<number, AuthorView>> {
  return describeAuthors(db, organizationId, await findAuthorRows(db, ids));
}

/** Returns the same as `findAuthors` for rows that are already loaded. */
export async function describeAuthors(
  db: Reader,
  organizationId: number,
  rows: readonly CommitAuthorRow[],
): Promise<Map<number, AuthorView>> {
  const members = await findMembersByEmail(db, organizationId, [...new Set(rows.map((row) => row.email))]);
  const views = new Map<number, AuthorView>();
  for (const { id, name, email } of rows) {
    const member = members.get(email);
    views.set(id, member ? describeUser(member) : { name, email });
  }
  return views;
}

/** Returns the authors of one release in the order of `ids`, each email once. */
export function distinctAuthors(ids: readonly number[], views: ReadonlyMap<number, AuthorView>): AuthorView[] {
  const byEmail = new Map<string, AuthorView>();
  for (const id of ids) {
    const view = views.get(id);
    if (view && !byEmail.has(view.email)) byEmail.set(view.email, view);
  }
  return [...byEmail.values()];
}

/** Returns the rows of authors by id, unordered. At most one query. */
export async function findAuthorRows(db: Reader, ids: Iterable<number>): Promise<CommitAuthorRow[]> {
  const list = [...new Set(ids)];
  return list.length === 0 ? [] : selectAuthors(db, { ids: list });
}

const selectAuthors = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { commitAuthors } = db.tables;
  return db.select().from(commitAuthors).where(anyOf(commitAuthors.id, param.ids)).prepare();
});

/** Returns the rows of an organization's authors with these emails (in lower case), unordered. One query. */
export const findAuthorsByEmail = (db: Reader, organizationId: number, emails: Iterable<string>): Promise<CommitAuthorRow[]> =>
  selectByEmail(db, { organizationId, emails: [...emails] });

const selectByEmail = prepared((db: Reader, param: { emails: readonly string[]; organizationId: number }) => {
  const { commitAuthors } = db.tables;
  return db
    .select()
    .from(commitAuthors)
    .where(and(eq(commitAuthors.organizationId, param.organizationId), anyOf(commitAuthors.email, param.emails)))
    .prepare();
});

/** Returns the rows of main authors and of the authors that are merged into them, sorted by id. At most one query. */
export async function findMergedAuthors(db: Reader, mainIds: Iterable<number>): Promise<CommitAuthorRow[]> {
  const list = [...new Set(mainIds)];
  return list.length === 0 ? [] : selectMerged(db, { ids: list });
}

const selectMerged = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { commitAuthors } = db.tables;
  return db
    .select()
    .from(commitAuthors)
    .where(or(anyOf(commitAuthors.id, param.ids), anyOf(commitAuthors.mergedInto, param.ids)))
    .orderBy(asc(commitAuthors.id))
    .prepare();
});

/** The newest releases of the projects whose authors are read. */
const MAX_RELEASES = 5000;

/** Returns the ids of the authors of releases of projects within reach; null if the caller may see every author. At most one query. */
export async function authorsWithinReach(db: Reader, reach: ProjectReach): Promise<ReadonlySet<number> | null> {
  if (reach.all) return null;
  const rows = await selectReleaseAuthors(db, { projectIds: [...reach.ids] });
  return new Set(rows.flatMap((row) => row.authorIds));
}

const selectReleaseAuthors = prepared((db: Reader, param: { projectIds: readonly number[] }) => {
  const { releases, releaseProjects } = db.tables;
  return db
    .select({ authorIds: releases.authorIds })
    .from(releaseProjects)
    .innerJoin(releases, eq(releases.id, releaseProjects.releaseId))
    .where(withinReach(releaseProjects.projectId, param.projectIds))
    .orderBy(desc(releaseProjects.releaseId))
    .limit(MAX_RELEASES)
    .prepare();
});

/**
 * Returns the ids of authors by email and creates missing authors. `names` has the name last sent with each email, or null. A new name
 * replaces the stored one; null does not (contract 14.4, 19). The name of an author without commits within `reach` is not
 * changed.
 */
export async function ensureAuthors(
  tx: Tx,
  { organizationId, reach }: { readonly organizationId: number; readonly reach: ProjectReach },
  names: ReadonlyMap<string, string | null>,
): Promise<Map<string, number>> {
  if (names.size === 0) return new Map();
  const known = await findAuthorsByEmail(tx, organizationId, names.keys());
  const ids = new Map(known.map(({ email, id }) => [email, id]));
  const stored = new Map(known.map(({ email, name }) => [email, name]));
  const renamable = await authorsWithinReach(tx, reach);
  const canRename = (email: string): boolean => renamable === null || renamable.has(ids.get(email) ?? 0);
  const changed = [...names]
    .filter(([email, name]) => !stored.has(email) || (name !== null && name !== stored.get(email) && canRename(email)))
    // Sorted, so that two transactions that write the same rows cannot deadlock.
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  const { commitAuthors } = tx.tables;
  for (const rows of chunked(changed.map(([email, name]) => ({ organizationId, email, name })))) {
    const written = await tx
      .insert(commitAuthors)
      .values(rows)
      .onConflictDoUpdate({
        target: [commitAuthors.organizationId, commitAuthors.email],
        set: { name: sql`coalesce(excluded.name, ${commitAuthors.name})` },
      })
      .returning({ id: commitAuthors.id, email: commitAuthors.email });
    for (const { id, email } of written) ids.set(email, id);
  }
  return ids;
}
