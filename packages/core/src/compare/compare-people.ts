import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import type { ComparisonView } from "@landfall/schema/views/compare";
import { count, desc, eq, sql } from "drizzle-orm";
import { briefContributors } from "./brief-people.ts";
import type { Pair } from "./compare-commits.ts";

/** More authors than this no release has. */
const MAX_CONTRIBUTORS = 5000;

type Share = ComparisonView["people"]["items"][number];

/**
 * Who wrote the commits of two releases, and how many on each side; who has most comes first. The addresses of one member count as
 * one. Four queries.
 */
export async function compareContributors(db: Reader, { organizationId, baseId, headId, limit }: Pair): Promise<ComparisonView["people"]> {
  const rows = await selectShares(db, { ids: JSON.stringify([baseId, headId]), baseId, headId });
  const people = await briefContributors(
    db,
    organizationId,
    rows.map(({ author }) => author),
  );
  const shares = new Map<string, Share>();
  for (const { author, base, head } of rows) {
    const person = people.get(author.id);
    if (!person) continue;
    const key = person.userId === null ? person.email : `user:${person.userId}`;
    const known = shares.get(key);
    shares.set(key, known ? { person: known.person, base: known.base + base, head: known.head + head } : { person, base, head });
  }
  const sorted = [...shares.values()].toSorted((a, b) => b.base + b.head - (a.base + a.head));
  return { total: sorted.length, items: sorted.slice(0, limit) };
}

const selectShares = prepared((db: Reader) => {
  const { releaseCommits, commits, commitAuthors } = db.tables;
  const on = (side: string) =>
    sql<number>`sum(case when ${releaseCommits.releaseId} = ${sql.placeholder(side)} then 1 else 0 end)`.mapWith(Number);
  return db
    .select({ author: commitAuthors, base: on("baseId"), head: on("headId") })
    .from(releaseCommits)
    .innerJoin(commits, eq(commits.id, releaseCommits.commitId))
    .innerJoin(commitAuthors, eq(commitAuthors.id, commits.authorId))
    .where(anyOf(releaseCommits.releaseId, "ids"))
    .groupBy(commitAuthors.id)
    .orderBy(desc(count()), commitAuthors.id)
    .limit(MAX_CONTRIBUTORS)
    .prepare();
});
