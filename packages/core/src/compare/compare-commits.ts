import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import type { ComparisonView } from "@landfall/schema/views/compare";
import { aliasedTable, and, asc, count, eq, exists, not, sql } from "drizzle-orm";
import { briefCommits } from "./brief-commits.ts";

/** Two releases of one organization, and how many of each kind are to be listed. */
export type Pair = { readonly organizationId: number; readonly baseId: number; readonly headId: number; readonly limit: number };

/**
 * The commits two releases have apart and in common, each list in the order of its release, those in common in that of the head. A
 * commit is told by its repository and hash. Seven queries.
 */
export async function compareCommits(db: Reader, { organizationId, baseId, headId, limit }: Pair): Promise<ComparisonView["commits"]> {
  const onlyHead = await selectApart(db, { releaseId: headId, otherId: baseId, limit });
  const onlyBase = await selectApart(db, { releaseId: baseId, otherId: headId, limit });
  const both = await selectShared(db, { releaseId: headId, otherId: baseId, limit });
  const [total] = await countSides(db, { headId, baseId });
  const views = await briefCommits(db, organizationId, [...onlyHead, ...onlyBase, ...both]);
  const { inHead = 0, inBase = 0, inBoth = 0 } = total ?? {};
  const [first, second] = [onlyHead.length, onlyHead.length + onlyBase.length];
  return {
    onlyHead: { total: inHead - inBoth, items: views.slice(0, first) },
    onlyBase: { total: inBase - inBoth, items: views.slice(first, second) },
    both: { total: inBoth, items: views.slice(second) },
  };
}

const selectFrom = (shared: boolean) =>
  prepared((db: Reader) => {
    const { releaseCommits, commits, repositories, commitAuthors } = db.tables;
    const other = aliasedTable(releaseCommits, "other");
    const inOther = exists(
      db
        .select({ one: sql`1` })
        .from(other)
        .where(and(eq(other.releaseId, sql.placeholder("otherId")), eq(other.commitId, releaseCommits.commitId))),
    );
    return db
      .select({ commit: commits, repository: repositories, author: commitAuthors })
      .from(releaseCommits)
      .innerJoin(commits, eq(commits.id, releaseCommits.commitId))
      .innerJoin(repositories, eq(repositories.id, commits.repositoryId))
      .leftJoin(commitAuthors, eq(commitAuthors.id, commits.authorId))
      .where(and(eq(releaseCommits.releaseId, sql.placeholder("releaseId")), shared ? inOther : not(inOther)))
      .orderBy(asc(releaseCommits.position))
      .limit(sql.placeholder("limit"))
      .prepare();
  });

const selectApart = selectFrom(false);
const selectShared = selectFrom(true);

const countSides = prepared((db: Reader) => {
  const { releaseCommits } = db.tables;
  const other = aliasedTable(releaseCommits, "other");
  const { releaseId, commitId } = releaseCommits;
  const countOf = (name: string) =>
    db
      .select({ n: count() })
      .from(releaseCommits)
      .where(eq(releaseId, sql.placeholder(name)));
  const shared = db
    .select({ n: count() })
    .from(releaseCommits)
    .innerJoin(other, and(eq(other.commitId, commitId), eq(other.releaseId, sql.placeholder("baseId"))))
    .where(eq(releaseId, sql.placeholder("headId")));
  return db
    .select({
      inHead: sql<number>`(${countOf("headId")})`.mapWith(Number),
      inBase: sql<number>`(${countOf("baseId")})`.mapWith(Number),
      inBoth: sql<number>`(${shared})`.mapWith(Number),
    })
    .from(sql`(select 1) as one_row`)
    .prepare();
});
