import { containsText, withoutIndex } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import type { FoundChangeView } from "@landfall/schema/releases/search";
import { and, type Column, desc, eq, gte, inArray, lte, or, type SQL, sql } from "drizzle-orm";
import { commitWithinReach, type ProjectReach } from "../../access/project-reach.ts";
import type { SearchQuery } from "./parse-search-query.ts";
import type { SearchWindow } from "./search-window.ts";

/** By what commits were found, by their id. */
export type Matches = Map<number, Set<FoundChangeView["matched"][number]>>;

/** More people than this are not asked whether the text is part of their name. */
const SEARCHED_AUTHORS = 20_000;

const MATCHED_AUTHORS = 500;

type Search = {
  readonly organizationId: number;
  readonly reach: ProjectReach;
  readonly question: SearchQuery;
  readonly window: SearchWindow;
  readonly limit: number;
};

/**
 * The commits of a window whose message, author or files answer the question, the newest stored first: `limit` of them, and one more
 * when there are more. A number is looked for in messages only. Three queries.
 */
export async function matchTexts(db: Reader, search: Search): Promise<Matches> {
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
 * Authors of that name or address, as commits give it or as this server knows the member whose address it is, with all they were merged
 * with.
 */
async function findAuthorIds(db: Reader, { organizationId, question }: Search): Promise<number[]> {
  if (question.reference !== null) return [];
  const { commitAuthors, members, users, userEmails } = db.tables;
  const addresses = db
    .select({ email: userEmails.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(userEmails, eq(userEmails.userId, users.id))
    .where(
      and(eq(members.organizationId, organizationId), eq(users.isActive, true), nameOrEmailMatches(users.name, users.email, question)),
    );
  const asked = db.select().from(commitAuthors).where(eq(commitAuthors.organizationId, organizationId)).limit(SEARCHED_AUTHORS).as("asked");
  const named = db
    .select({ main: mainId(asked) })
    .from(asked)
    .where(or(nameOrEmailMatches(asked.name, asked.email, question), inArray(asked.email, addresses)))
    .limit(MATCHED_AUTHORS);
  const rows = await db
    .select({ id: commitAuthors.id })
    .from(commitAuthors)
    .where(and(eq(commitAuthors.organizationId, organizationId), inArray(mainId(commitAuthors), named)))
    .limit(MATCHED_AUTHORS);
  return rows.map((row) => row.id);
}

const mainId = ({ id, mergedInto }: { id: Column; mergedInto: Column }): SQL => sql`coalesce(${mergedInto}, ${id})`;

const nameOrEmailMatches = (name: Column, email: Column, { text }: SearchQuery): SQL | undefined =>
  or(containsText(name, text), containsText(email, text));

async function matchCommits(db: Reader, { organizationId, reach, question, window, limit }: Search, authorIds: number[]) {
  const { commits } = db.tables;
  const says = messageCondition(commits.message, question);
  return db
    .select({
      id: commits.id,
      authorId: commits.authorId,
      byMessage: sql<boolean>`case when ${says} then 1 else 0 end`.mapWith((value) => Number(value) === 1),
    })
    .from(commits)
    .where(
      and(
        gte(commits.id, window.oldest),
        lte(commits.id, window.newest),
        eq(withoutIndex(commits.organizationId), organizationId),
        authorIds.length > 0 ? or(says, inArray(commits.authorId, authorIds)) : says,
        commitWithinReach(db, reach),
      ),
    )
    .orderBy(desc(commits.id))
    .limit(limit + 1);
}

async function matchFiles(db: Reader, { organizationId, reach, question, window, limit }: Search): Promise<{ id: number }[]> {
  if (question.reference !== null) return [];
  const { commits, commitFiles } = db.tables;
  return db
    .selectDistinct({ id: commitFiles.commitId })
    .from(commitFiles)
    .innerJoin(commits, eq(commits.id, commitFiles.commitId))
    .where(
      and(
        gte(commitFiles.commitId, window.oldest),
        lte(commitFiles.commitId, window.newest),
        containsText(commitFiles.path, question.text),
        eq(withoutIndex(commits.organizationId), organizationId),
        commitWithinReach(db, reach),
      ),
    )
    .orderBy(desc(commitFiles.commitId))
    .limit(limit + 1);
}

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Whether a message answers the question: it names the number, and not only longer ones, or has every word, in any case. */
function messageCondition(message: Column, { reference, words }: SearchQuery): SQL {
  if (reference === null) return and(...words.map((word) => containsText(message, word))) ?? sql`false`;
  const part = reference.toLowerCase();
  const withoutLonger = DIGITS.reduce((text, digit) => sql`replace(${text}, ${part + digit}, ' ')`, sql`lower(${message})`);
  // The second costs ten passes over the text, so the first goes before it.
  return sql`case when ${containsText(message, part)} then ${withoutLonger} like ${`%${part.replaceAll("_", String.raw`\_`)}%`} escape '\\' else false end`;
}
