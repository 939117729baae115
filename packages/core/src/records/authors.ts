import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { CommitAuthorRow } from "@landfall/db/tables/schema";
import type { AuthorView } from "@landfall/schema/organizations/accounts";
import { and, asc, desc, eq, or } from "drizzle-orm";
import { type ProjectReach, withinReach } from "../access/project-reach.ts";
import { describeUser, findMembersByEmail } from "./users.ts";

/**
 * Authors as the wire shows them, by their id: the member whose address it is, else the name and address the commits gave
 * (contract 12.1).
 */
export async function findAuthors(db: Reader, organizationId: number, ids: readonly number[]): Promise<Map<number, AuthorView>> {
  return describeAuthors(db, organizationId, await findAuthorRows(db, ids));
}

/** As `findAuthors`, for rows already at hand. */
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

/** The authors of one release in order of appearance, each address once. */
export function distinctAuthors(ids: readonly number[], views: ReadonlyMap<number, AuthorView>): AuthorView[] {
  const byEmail = new Map<string, AuthorView>();
  for (const id of ids) {
    const view = views.get(id);
    if (view && !byEmail.has(view.email)) byEmail.set(view.email, view);
  }
  return [...byEmail.values()];
}

/** The rows of authors by id, in no order. One query at most. */
export async function findAuthorRows(db: Reader, ids: Iterable<number>): Promise<CommitAuthorRow[]> {
  const list = [...new Set(ids)];
  return list.length === 0 ? [] : selectAuthors(db, { ids: list });
}

const selectAuthors = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { commitAuthors } = db.tables;
  return db.select().from(commitAuthors).where(anyOf(commitAuthors.id, param.ids)).prepare();
});

/** The rows of authors of an organization by address (in lower case), in no order. One query. */
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

/** The rows of main authors and of all authors merged into them, by id. One query at most. */
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

/** Of so many releases, the newest of the projects, the authors are told. */
const SEARCHED_RELEASES = 5000;

/** The ids of the authors of releases of projects within reach; null where every author may be told of. One query. */
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
    .limit(SEARCHED_RELEASES)
    .prepare();
});
