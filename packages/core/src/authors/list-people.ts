import { prepared } from "@landfall/db/prepared";
import type { CommitAuthorRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { ListContributorsInput } from "@landfall/schema/inputs/people";
import { instantOrNull } from "@landfall/schema/instant";
import { REL_READ } from "@landfall/schema/scope";
import type { Page } from "@landfall/schema/views/page";
import type { ListedContributorView, ContributorView } from "@landfall/schema/views/people";
import { desc, eq, sql } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { reachableProjects } from "../access/project-reach.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { findMembersByEmail } from "../people/find-people.ts";
import { authorsWithinReach } from "./authors-within-reach.ts";
import { type CommitCount, countCommits } from "./count-commits.ts";
import { describeContributor, type Contributor, groupContributors } from "./gather-people.ts";

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

const selectAuthors = prepared((db: Reader) => {
  const { commitAuthors } = db.tables;
  return db
    .select()
    .from(commitAuthors)
    .where(eq(commitAuthors.organizationId, sql.placeholder("organizationId")))
    .orderBy(desc(commitAuthors.id))
    .limit(MAX_AUTHORS)
    .prepare();
});
