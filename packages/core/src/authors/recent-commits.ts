import { anyOf } from "@landfall/db/any-of";
import type { Reader } from "@landfall/db/store";
import { and, desc, eq, gte, sql } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { commitWithinReach } from "../access/within-reach.ts";

/** How many commits are looked at of one address, and answered of one person. */
const RECENT = 2000;

/**
 * The ids of the last commits of authors, the newest first: those of each address's last 2,000 that are in releases within reach, and
 * no more than 2,000 together. One query.
 */
export async function findRecentCommits(db: Reader, reach: ProjectReach, authorIds: readonly number[]): Promise<number[]> {
  if (authorIds.length === 0) return [];
  const { commits, commitAuthors } = db.tables;
  const edge = sql`(select dated.date_created from ${commits} as dated where dated.author_id = ${commitAuthors.id}
    order by dated.date_created desc limit 1 offset ${RECENT - 1})`;
  const mine = db
    .select({ id: commitAuthors.id, edge: sql`coalesce(${edge}, ${sql.param(EARLIEST_DATE, commits.dateCreated)})`.as("edge") })
    .from(commitAuthors)
    .where(anyOf(commitAuthors.id, "ids"))
    // Without a limit, PostgreSQL would look for the edge again for every commit.
    .limit(authorIds.length)
    .as("mine");
  const statement = db
    .select({ id: commits.id })
    .from(mine)
    .innerJoin(commits, and(eq(commits.authorId, mine.id), gte(commits.dateCreated, mine.edge)))
    .where(commitWithinReach(db, reach))
    .orderBy(desc(commits.dateCreated), desc(commits.id))
    .limit(RECENT)
    .prepare();
  return (await statement.execute({ ids: JSON.stringify(authorIds) })).map(({ id }) => id);
}

/** Earlier than every date there is. */
const EARLIEST_DATE = new Date("0001-01-01T00:00:00Z");
