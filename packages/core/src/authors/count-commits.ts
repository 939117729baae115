import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { sql } from "drizzle-orm";

/** Counting goes no further: a page of people is told in milliseconds however much they wrote. */
const COUNTED = 10_000;

export type CommitFigures = { readonly count: number; readonly hasMore: boolean; readonly last: Date | null };

/** How many commits authors wrote, by their id: at most 10,000 of each are counted. One query, all of it from one index. */
export async function countCommits(db: Reader, authorIds: readonly number[]): Promise<Map<number, CommitFigures>> {
  if (authorIds.length === 0) return new Map();
  const rows = await selectFigures(db, { ids: JSON.stringify(authorIds) });
  return new Map(rows.map(({ id, count, last }) => [id, { count: Math.min(count, COUNTED), hasMore: count > COUNTED, last }]));
}

const selectFigures = prepared((db: Reader) => {
  const { commits, commitAuthors } = db.tables;
  const mine = sql`from ${commits} where ${commits.authorId} = ${commitAuthors.id}`;
  return db
    .select({
      id: commitAuthors.id,
      count: sql<number>`(select count(*) from (select 1 ${mine} limit ${COUNTED + 1}) as counted)`.mapWith(Number),
      last: sql<Date | null>`(select max(${commits.dateCreated}) ${mine})`.mapWith(commits.dateCreated),
    })
    .from(commitAuthors)
    .where(anyOf(commitAuthors.id, "ids"))
    .prepare();
});
