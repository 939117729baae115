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

/** No more addresses than this are gathered: the ones first met last. */
const MAX_AUTHORS = 20_000;

/**
 * Who wrote commits, by name: all addresses of one person together. Of organizations with more than 20,000 addresses the newest so many
 * are listed. Where membership is closed, only who wrote in the newest 5,000 releases of projects within reach is told, by the addresses
 * used there and their main one, and not how much they wrote. Throws
 * `invalid` for a bad cursor or `per_page`. Six queries at most.
 */
export const listContributors = query({
  scope: REL_READ,
  at: atOrganization,
  input: ListContributorsInput,
  run: async ({ db, at: { access } }, input): Promise<Page<ListedContributorView>> => {
    const organizationId = access.organization.id;
    const window = offsetWindow(input);
    const told = await authorsWithinReach(db, await reachableProjects(db, access));
    const rows = await selectAuthors(db, { organizationId });
    const shown = told === null ? rows : rows.filter(isVisible(rows, told));
    const members = await findMembersByEmail(
      db,
      organizationId,
      shown.map((row) => row.email),
    );
    const people = groupContributors(shown, members).map((person) => ({ person, view: describeContributor(person) }));
    const found = people.filter(({ view }) => matchesFilter(view, input)).map((one) => ({ ...one, key: sortKey(one.view) }));
    found.sort((a, b) => (a.key < b.key ? -1 : 1));
    const { items, ...links } = offsetPage(window, found.slice(window.offset, window.offset + window.limit));
    const figures =
      told === null
        ? await countCommits(
            db,
            items.flatMap(({ person }) => person.authors.map(({ id }) => id)),
          )
        : null;
    return { items: items.map(({ person, view }) => ({ ...view, ...commitTotals(person, figures) })), ...links };
  },
});

/** Addresses used within reach, and whichever they are merged into. */
function isVisible(rows: readonly CommitAuthorRow[], told: ReadonlySet<number>): (row: CommitAuthorRow) => boolean {
  const mains = new Set(rows.flatMap(({ id, mergedInto }) => (told.has(id) ? (mergedInto ?? []) : [])));
  return ({ id }) => told.has(id) || mains.has(id);
}

function matchesFilter({ name, emails, isBot }: ContributorView, { query: asked = "", bots }: ListContributorsInput): boolean {
  if (bots !== undefined && isBot !== (bots === "only")) return false;
  const texts = [name ?? "", ...emails].map((text) => text.toLowerCase());
  const words = asked.toLowerCase().split(/\s+/);
  return words.every((word) => texts.some((text) => text.includes(word)));
}

/** No name holds a NUL, so that who has the same one is sorted by address. */
const sortKey = ({ name, email }: ContributorView): string => `${(name ?? email).toLowerCase()}\0${email}`;

function commitTotals({ authors }: Contributor, figures: ReadonlyMap<number, CommitCount> | null) {
  if (figures === null) return { commitCount: null, hasMoreCommits: false, lastCommit: null };
  const all = authors.flatMap(({ id }) => figures.get(id) ?? []);
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

/** Counting goes no further: a page of people is told in milliseconds however much they wrote. */
const MAX_COUNTED = 10_000;

type CommitCount = { readonly count: number; readonly hasMore: boolean; readonly last: Date | null };

/** How many commits authors wrote, by their id: at most 10,000 of each are counted. One query, all of it from one index. */
export async function countCommits(db: Reader, authorIds: readonly number[]): Promise<Map<number, CommitCount>> {
  if (authorIds.length === 0) return new Map();
  const rows = await selectCounts(db, { ids: authorIds });
  return new Map(rows.map(({ id, count, last }) => [id, { count: Math.min(count, MAX_COUNTED), hasMore: count > MAX_COUNTED, last }]));
}

const selectCounts = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { commits, commitAuthors } = db.tables;
  const mine = sql`from ${commits} where ${commits.authorId} = ${commitAuthors.id}`;
  return db
    .select({
      id: commitAuthors.id,
      count: sql<number>`(select count(*) from (select 1 ${mine} limit ${MAX_COUNTED + 1}) as counted)`.mapWith(Number),
      last: sql<Date | null>`(select max(${commits.dateCreated}) ${mine})`.mapWith(commits.dateCreated),
    })
    .from(commitAuthors)
    .where(anyOf(commitAuthors.id, param.ids))
    .prepare();
});
