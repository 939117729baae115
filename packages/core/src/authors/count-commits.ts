import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { sql } from "drizzle-orm";

/** Counting goes no further: a page of people is told in milliseconds however much they wrote. */
const MAX_COUNTED = 10_000;

export type CommitCount = { readonly count: number; readonly hasMore: boolean; readonly last: Date | null };

/** How many commits authors wrote, by their id: at most 10,000 of each are counted. One query, all of it from one index. */
export async function countCommits(db: Reader, authorIds: readonly number[]): Promise<Map<number, CommitCount>> {
  if (authorIds.length === 0) return new Map();
  const rows = await selectCounts(db, { ids: JSON.stringify(authorIds) });
  return new Map(rows.map(({ id, count, last }) => [id, { count: Math.min(count, MAX_COUNTED), hasMore: count > MAX_COUNTED, last }]));
}

const selectCounts = prepared((db: Reader) => {
  const { commits, commitAuthors } = db.tables;
  const mine = sql`from ${commits} where ${commits.authorId} = ${commitAuthors.id}`;
  return db
    .select({
      id: commitAuthors.id,
      count: sql<number>`(select count(*) from (select 1 ${mine} limit ${MAX_COUNTED + 1}) as counted)`.mapWith(Number),
      last: sql<Date | null>`(select max(${commits.dateCreated}) ${mine})`.mapWith(commits.dateCreated),
    })
    .from(commitAuthors)
    .where(anyOf(commitAuthors.id, "ids"))
    .prepare();
});
