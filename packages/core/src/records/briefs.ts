import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ReleaseRow, UserRow } from "@landfall/db/tables/schema";
import { isBot } from "@landfall/domain/commits/is-bot";
import type { StoredAuthor } from "@landfall/domain/contributors/author-groups";
import { versionInfo } from "@landfall/domain/versions/version-info";
import type { CommitBriefView, PersonBriefView, ReleaseBriefView } from "@landfall/schema/brief";
import { instant, instantOrNull } from "@landfall/schema/instant";
import { asc, or } from "drizzle-orm";
import { describeAuthors } from "./authors.ts";
import type { CommitWithSource } from "./commits.ts";

type Shown = Pick<ReleaseRow, "version" | "isArchived" | "dateCreated" | "dateReleased" | "commitCount" | "deployCount">;

/** A release as pages name it in passing. */
export function briefRelease({ version, isArchived, dateCreated, dateReleased, commitCount, deployCount }: Shown): ReleaseBriefView {
  const info = versionInfo(version);
  return {
    version,
    description: info?.description ?? version,
    package: info?.package ?? null,
    status: isArchived ? "archived" : "open",
    dateCreated: instant(dateCreated),
    dateReleased: instantOrNull(dateReleased),
    commitCount,
    deployCount,
  };
}

const LONGEST_SUBJECT = 200;

/** The first line of a commit message, cut to 200 characters; "" when there is none. */
export function subjectOf(message: string | null): string {
  const [line = ""] = (message ?? "").trimStart().split(/[\r\n]/, 1);
  // No character takes more than two units: what is cut here is behind the last one shown.
  const characters = [...line.slice(0, LONGEST_SUBJECT * 2 + 2).trimEnd()];
  return characters.length > LONGEST_SUBJECT ? `${characters.slice(0, LONGEST_SUBJECT - 1).join("")}…` : characters.join("");
}

/** Commits in one line each, in the order given. Three queries whatever their number. */
export async function briefCommits(db: Reader, organizationId: number, rows: readonly CommitWithSource[]): Promise<CommitBriefView[]> {
  if (rows.length === 0) return [];
  const people = await briefContributors(
    db,
    organizationId,
    rows.flatMap(({ author }) => author ?? []),
  );
  return rows.map(({ commit, repository, author }) => ({
    sha: commit.sha,
    subject: subjectOf(commit.message),
    dateCreated: instant(commit.dateCreated),
    repository: repository.name,
    author: (author && people.get(author.id)) ?? null,
  }));
}

/** A person of this server as pages name them in passing. */
export const briefUser = ({ id, name, email }: Pick<UserRow, "id" | "name" | "email">): PersonBriefView => ({
  name,
  email,
  userId: String(id),
  isBot: isBot({ name, email }),
});

/**
 * Authors of commits by their id, as who they are: those merged into one another are one person, the member whose address one of them
 * is, else the name and address that commits of the main one gave. A commit's own words tell a bot, whoever it is here. Three queries
 * whatever their number.
 */
export async function briefContributors(
  db: Reader,
  organizationId: number,
  rows: readonly StoredAuthor[],
): Promise<Map<number, PersonBriefView>> {
  const distinct = [...new Map(rows.map((row) => [row.id, row])).values()];
  if (distinct.length === 0) return new Map();
  const merged = await selectMerged(db, { ids: JSON.stringify([...new Set(distinct.map(mainId))]) });
  const groups = Map.groupBy(merged, mainId);
  const views = await describeAuthors(db, organizationId, merged);
  return new Map(
    distinct.map((row) => {
      const group = (groups.get(mainId(row)) ?? []).toSorted((a, b) => Number(b.id === mainId(b)) - Number(a.id === mainId(a)));
      const member = group.map(({ id }) => views.get(id)).find((view) => view && "username" in view);
      const { name, email } = member ?? { email: (group[0] ?? row).email, name: group.find((one) => one.name !== null)?.name ?? null };
      return [row.id, { name, email, userId: member && "id" in member ? member.id : null, isBot: isBot(row) || isBot({ name, email }) }];
    }),
  );
}

const mainId = ({ id, mergedInto }: Pick<StoredAuthor, "id" | "mergedInto">): number => mergedInto ?? id;

const selectMerged = prepared((db: Reader) => {
  const { commitAuthors } = db.tables;
  return db
    .select()
    .from(commitAuthors)
    .where(or(anyOf(commitAuthors.id, "ids"), anyOf(commitAuthors.mergedInto, "ids")))
    .orderBy(asc(commitAuthors.id))
    .prepare();
});

/** How many people wrote the commits of a release: all addresses of one member, or that were merged, count once. At most four queries. */
export async function countContributors(
  db: Reader,
  { organizationId, authorIds }: Pick<ReleaseRow, "organizationId" | "authorIds">,
): Promise<number> {
  if (authorIds.length === 0) return 0;
  const rows = await selectAuthors(db, { ids: JSON.stringify(authorIds) });
  const people = await briefContributors(db, organizationId, rows);
  return new Set([...people.values()].map(({ userId, email }) => (userId === null ? email : `user:${userId}`))).size;
}

const selectAuthors = prepared((db: Reader) => {
  const { commitAuthors } = db.tables;
  return db.select().from(commitAuthors).where(anyOf(commitAuthors.id, "ids")).prepare();
});
