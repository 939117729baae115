import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { CommitAuthorRow } from "@landfall/db/tables/schema";
import { instantOrNull } from "@landfall/schema/instant";
import { type ContributorView, ListContributorsInput, type ListedContributorView } from "@landfall/schema/organizations/contributors";
import type { Page } from "@landfall/schema/page";
import { REL_READ } from "@landfall/schema/scope";
import { desc, eq, sql } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { reachableProjects } from "../../access/project-reach.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { authorsWithinReach } from "../../records/authors.ts";
import { findMembersByEmail } from "../../records/users.ts";
import { type Contributor, describeContributor, groupContributors } from "../../records/contributors.ts";

/** Author addresses that are read, newest first. */
const MAX_AUTHORS = 20_000;

/**
 * Lists the contributors of an organization by name, each with all their author addresses. Of more than 20,000 addresses, the newest 20,000
 * are read. With closed membership, lists only the contributors of the newest 5,000 releases of projects within reach, with the addresses
 * used there and the main address, and without the number of their commits. At most six queries.
 *
 * @throws `invalid` for an invalid cursor or `per_page`.
 */
export const listContributors = query({
  scope: REL_READ,
  at: atOrganization,
  input: ListContributorsInput,
  run: async ({ db, at: { access } }, input): Promise<Page<ListedContributorView>> => {
    const organizationId = access.organization.id;
    const window = offsetWindow(input);
    const visible = await authorsWithinReach(db, await reachableProjects(db, access));
    const rows = await selectAuthors(db, { organizationId });
    const shown = visible === null ? rows : rows.filter(isVisible(rows, visible));
    const members = await findMembersByEmail(
      db,
      organizationId,
      shown.map((row) => row.email),
    );
    const contributors = groupContributors(shown, members).map((contributor) => ({ contributor, view: describeContributor(contributor) }));
    const found = contributors.filter(({ view }) => matchesFilter(view, input)).map((one) => ({ ...one, key: sortKey(one.view) }));
    found.sort((a, b) => (a.key < b.key ? -1 : 1));
    const { items, ...links } = offsetPage(window, found.slice(window.offset, window.offset + window.limit));
    const counts =
      visible === null
        ? await countCommits(
            db,
            items.flatMap(({ contributor }) => contributor.authors.map(({ id }) => id)),
          )
        : null;
    return { items: items.map(({ contributor, view }) => ({ ...view, ...commitTotals(contributor, counts) })), ...links };
  },
});

/** Returns whether an address is used within reach or is the main address of one that is. */
function isVisible(rows: readonly CommitAuthorRow[], visible: ReadonlySet<number>): (row: CommitAuthorRow) => boolean {
  const mains = new Set(rows.flatMap(({ id, mergedInto }) => (visible.has(id) ? (mergedInto ?? []) : [])));
  return ({ id }) => visible.has(id) || mains.has(id);
}

function matchesFilter({ name, emails, isBot }: ContributorView, { query: text = "", bots }: ListContributorsInput): boolean {
  if (bots !== undefined && isBot !== (bots === "only")) return false;
  const values = [name ?? "", ...emails].map((value) => value.toLowerCase());
  const words = text.toLowerCase().split(/\s+/);
  return words.every((word) => values.some((value) => value.includes(word)));
}

/** Sorts by name, then by address: names contain no NUL. */
const sortKey = ({ name, email }: ContributorView): string => `${(name ?? email).toLowerCase()}\0${email}`;

function commitTotals({ authors }: Contributor, counts: ReadonlyMap<number, CommitCount> | null) {
  if (counts === null) return { commitCount: null, hasMoreCommits: false, lastCommit: null };
  const all = authors.flatMap(({ id }) => counts.get(id) ?? []);
  const dates = all.flatMap(({ last }) => last ?? []).toSorted((a, b) => b.getTime() - a.getTime());
  return {
    commitCount: all.reduce((sum, { count }) => sum + count, 0),
    hasMoreCommits: all.some(({ hasMore }) => hasMore),
    lastCommit: instantOrNull(dates[0] ?? null),
  };
}

const selectAuthors = prepared((db: Reader, param: { organizationId: number }) => {
  const { commitAuthors } = db.tables;
  return db
    .select()
    .from(commitAuthors)
    .where(eq(commitAuthors.organizationId, param.organizationId))
    .orderBy(desc(commitAuthors.id))
    .limit(MAX_AUTHORS)
    .prepare();
});

/** Commits of each address that are counted. */
const MAX_COUNTED = 10_000;

type CommitCount = { readonly count: number; readonly hasMore: boolean; readonly last: Date | null };

/** Counts the commits of authors, at most 10,000 of each, by the id of the author. At most one query, which reads one index only. */
export async function countCommits(db: Reader, authorIds: readonly number[]): Promise<Map<number, CommitCount>> {
  if (authorIds.length === 0) return new Map();
  const rows = await selectCounts(db, { ids: authorIds });
  return new Map(rows.map(({ id, count, last }) => [id, { count: Math.min(count, MAX_COUNTED), hasMore: count > MAX_COUNTED, last }]));
}

const selectCounts = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { commits, commitAuthors } = db.tables;
  const ofAuthor = sql`from ${commits} where ${commits.authorId} = ${commitAuthors.id}`;
  return db
    .select({
      id: commitAuthors.id,
      count: sql<number>`(select count(*) from (select 1 ${ofAuthor} limit ${MAX_COUNTED + 1}) as counted)`.mapWith(Number),
      last: sql<Date | null>`(select max(${commits.dateCreated}) ${ofAuthor})`.mapWith(commits.dateCreated),
    })
    .from(commitAuthors)
    .where(anyOf(commitAuthors.id, param.ids))
    .prepare();
});
