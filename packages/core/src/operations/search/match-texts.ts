import { containsText, withoutIndex } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import type { FoundChangeView } from "@landfall/schema/releases/search";
import { and, type Column, desc, eq, gte, inArray, lte, or, type SQL, sql } from "drizzle-orm";
import { commitWithinReach, type ProjectReach } from "../../access/project-reach.ts";
import type { SearchQuery } from "./parse-search-query.ts";
import type { SearchWindow } from "./search-window.ts";

/** What each commit was found by, by the id of the commit. */
export type Matches = Map<number, Set<FoundChangeView["matched"][number]>>;

/** How many authors are searched for the text, and how many of them are used. */
const MAX_SEARCHED_AUTHORS = 20_000;

const MAX_MATCHED_AUTHORS = 500;

export type TextSearch = {
  readonly organizationId: number;
  readonly reach: ProjectReach;
  readonly query: SearchQuery;
  readonly window: SearchWindow;
  readonly limit: number;
};

/**
 * Returns the commits of a window whose message, author, or files match the query, last stored first: `limit` of them, and one more if there
 * are more. A reference is searched for in messages only. Three queries.
 */
export async function matchTexts(db: Reader, search: TextSearch): Promise<Matches> {
  const matches: Matches = new Map();
  const authorIds = await findAuthorIds(db, search);
  for (const { id, byMessage, authorId } of await matchCommits(db, search, authorIds)) {
    const by = new Set<"message" | "author">(byMessage ? ["message"] : []);
    if (authorId !== null && authorIds.includes(authorId)) by.add("author");
    matches.set(id, by);
  }
  for (const { id } of await matchFiles(db, search)) matches.set(id, (matches.get(id) ?? new Set()).add("file"));
  return new Map([...matches].toSorted(([a], [b]) => b - a).slice(0, search.limit + 1));
}

/**
 * Returns the authors whose name or email matches, in commits or in the profile of the member with that email, and the authors merged with
 * them.
 */
async function findAuthorIds(db: Reader, { organizationId, query }: TextSearch): Promise<number[]> {
  if (query.reference !== null) return [];
  const { commitAuthors, members, users, userEmails } = db.tables;
  const memberEmails = db
    .select({ email: userEmails.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(userEmails, eq(userEmails.userId, users.id))
    .where(and(eq(members.organizationId, organizationId), eq(users.isActive, true), nameOrEmailMatches(users.name, users.email, query)));
  const searched = db
    .select()
    .from(commitAuthors)
    .where(eq(commitAuthors.organizationId, organizationId))
    .limit(MAX_SEARCHED_AUTHORS)
    .as("searched");
  const matched = db
    .select({ main: mainId(searched) })
    .from(searched)
    .where(or(nameOrEmailMatches(searched.name, searched.email, query), inArray(searched.email, memberEmails)))
    .limit(MAX_MATCHED_AUTHORS);
  const rows = await db
    .select({ id: commitAuthors.id })
    .from(commitAuthors)
    .where(and(eq(commitAuthors.organizationId, organizationId), inArray(mainId(commitAuthors), matched)))
    .limit(MAX_MATCHED_AUTHORS);
  return rows.map((row) => row.id);
}

const mainId = ({ id, mergedInto }: { id: Column; mergedInto: Column }): SQL => sql`coalesce(${mergedInto}, ${id})`;

const nameOrEmailMatches = (name: Column, email: Column, { text }: SearchQuery): SQL | undefined =>
  or(containsText(name, text), containsText(email, text));

async function matchCommits(db: Reader, { organizationId, reach, query, window, limit }: TextSearch, authorIds: number[]) {
  const { commits } = db.tables;
  const isInMessage = messageCondition(commits.message, query);
  return db
    .select({
      id: commits.id,
      authorId: commits.authorId,
      byMessage: sql<boolean>`case when ${isInMessage} then 1 else 0 end`.mapWith((value) => Number(value) === 1),
    })
    .from(commits)
    .where(
      and(
        gte(commits.id, window.oldest),
        lte(commits.id, window.newest),
        eq(withoutIndex(commits.organizationId), organizationId),
        authorIds.length > 0 ? or(isInMessage, inArray(commits.authorId, authorIds)) : isInMessage,
        commitWithinReach(db, reach),
      ),
    )
    .orderBy(desc(commits.id))
    .limit(limit + 1);
}

async function matchFiles(db: Reader, { organizationId, reach, query, window, limit }: TextSearch): Promise<{ id: number }[]> {
  if (query.reference !== null) return [];
  const { commits, commitFiles } = db.tables;
  return db
    .selectDistinct({ id: commitFiles.commitId })
    .from(commitFiles)
    .innerJoin(commits, eq(commits.id, commitFiles.commitId))
    .where(
      and(
        gte(commitFiles.commitId, window.oldest),
        lte(commitFiles.commitId, window.newest),
        containsText(commitFiles.path, query.text),
        eq(withoutIndex(commits.organizationId), organizationId),
        commitWithinReach(db, reach),
      ),
    )
    .orderBy(desc(commitFiles.commitId))
    .limit(limit + 1);
}

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Whether a message matches the query, case-insensitively: it contains the reference other than in a longer number, or every word. */
function messageCondition(message: Column, { reference, words }: SearchQuery): SQL {
  if (reference === null) return and(...words.map((word) => containsText(message, word))) ?? sql`false`;
  const part = reference.toLowerCase();
  const withoutLonger = DIGITS.reduce((text, digit) => sql`replace(${text}, ${part + digit}, ' ')`, sql`lower(${message})`);
  // The second test costs ten passes over the text, so the first one precedes it.
  return sql`case when ${containsText(message, part)} then ${withoutLonger} like ${`%${part.replaceAll("_", String.raw`\_`)}%`} escape '\\' else false end`;
}
