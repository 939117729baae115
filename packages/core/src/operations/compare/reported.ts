import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ComparisonView } from "@landfall/schema/releases/compare";
import { aliasedTable, and, asc, count, desc, eq, exists, lte, not, sql } from "drizzle-orm";
import { briefCommits } from "../../records/briefs.ts";
import { briefContributors, contributorKey } from "../../records/contributors.ts";

/** Two releases of one organization, and the maximum length of each list. */
export type Pair = { readonly organizationId: number; readonly baseId: number; readonly headId: number; readonly limit: number };

/**
 * Returns the commits of one and of both releases, each list in the order of its release, that of both in the order of the head. A commit is
 * identified by its repository and hash. Seven queries.
 */
export async function compareCommits(db: Reader, { organizationId, baseId, headId, limit }: Pair): Promise<ComparisonView["commits"]> {
  const onlyHead = await selectExclusive(db, { releaseId: headId, otherId: baseId, limit });
  const onlyBase = await selectExclusive(db, { releaseId: baseId, otherId: headId, limit });
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

const prepareSelection = (shared: boolean) =>
  prepared((db: Reader, param: { otherId: number; releaseId: number; limit: number }) => {
    const { releaseCommits, commits, repositories, commitAuthors } = db.tables;
    const other = aliasedTable(releaseCommits, "other");
    const inOther = exists(
      db
        .select({ one: sql`1` })
        .from(other)
        .where(and(eq(other.releaseId, param.otherId), eq(other.commitId, releaseCommits.commitId))),
    );
    return db
      .select({ commit: commits, repository: repositories, author: commitAuthors })
      .from(releaseCommits)
      .innerJoin(commits, eq(commits.id, releaseCommits.commitId))
      .innerJoin(repositories, eq(repositories.id, commits.repositoryId))
      .leftJoin(commitAuthors, eq(commitAuthors.id, commits.authorId))
      .where(and(eq(releaseCommits.releaseId, param.releaseId), shared ? inOther : not(inOther)))
      .orderBy(asc(releaseCommits.position))
      .limit(param.limit)
      .prepare();
  });

const selectExclusive = prepareSelection(false);
const selectShared = prepareSelection(true);

const countSides = prepared((db: Reader, param: { baseId: number; headId: number }) => {
  const { releaseCommits } = db.tables;
  const other = aliasedTable(releaseCommits, "other");
  const { releaseId, commitId } = releaseCommits;
  const countOf = (id: number) => db.select({ n: count() }).from(releaseCommits).where(eq(releaseId, id));
  const shared = db
    .select({ n: count() })
    .from(releaseCommits)
    .innerJoin(other, and(eq(other.commitId, commitId), eq(other.releaseId, param.baseId)))
    .where(eq(releaseId, param.headId));
  return db
    .select({
      inHead: sql<number>`(${countOf(param.headId)})`.mapWith(Number),
      inBase: sql<number>`(${countOf(param.baseId)})`.mapWith(Number),
      inBoth: sql<number>`(${shared})`.mapWith(Number),
    })
    .from(sql`(select 1) as one_row`)
    .prepare();
});

const ONLY_BASE = 1;
const ONLY_HEAD = 2;
const BOTH = 3;

/** Returns the files that the commits of one and of both releases changed, by path. A file is identified by its repository and path. One query. */
export async function compareFiles(db: Reader, { baseId, headId, limit }: Pair): Promise<ComparisonView["files"]> {
  const rows = await selectFiles(db, { ids: [baseId, headId], baseId, headId, limit });
  const listOf = (side: number) => {
    const ofSide = rows.filter((row) => row.side === side);
    return { total: ofSide[0]?.total ?? 0, items: ofSide.map(({ repository, path }) => ({ repository, path })) };
  };
  return { onlyHead: listOf(ONLY_HEAD), onlyBase: listOf(ONLY_BASE), both: listOf(BOTH) };
}

const selectFiles = prepared((db: Reader, param: { ids: readonly number[]; baseId: number; headId: number; limit: number }) => {
  const { releaseCommits, commits, commitFiles, repositories } = db.tables;
  const isIn = (id: number) => sql`max(case when ${releaseCommits.releaseId} = ${id} then 1 else 0 end)`;
  const changed = db
    .select({
      repositoryId: commits.repositoryId,
      path: commitFiles.path,
      side: sql<number>`${isIn(param.headId)} * 2 + ${isIn(param.baseId)}`.mapWith(Number).as("side"),
    })
    .from(releaseCommits)
    .innerJoin(commits, eq(commits.id, releaseCommits.commitId))
    .innerJoin(commitFiles, eq(commitFiles.commitId, commits.id))
    .where(anyOf(releaseCommits.releaseId, param.ids))
    .groupBy(commits.repositoryId, commitFiles.path)
    .as("changed");
  const ranked = db
    .select({
      repositoryId: changed.repositoryId,
      path: changed.path,
      side: sql<number>`${changed.side}`.mapWith(Number).as("side"),
      total: sql<number>`count(*) over (partition by ${changed.side})`.mapWith(Number).as("total"),
      rank: sql<number>`row_number() over (partition by ${changed.side} order by ${changed.path}, ${changed.repositoryId})`
        .mapWith(Number)
        .as("rank"),
    })
    .from(changed)
    .as("ranked");
  return db
    .select({ repository: repositories.name, path: ranked.path, side: ranked.side, total: ranked.total })
    .from(ranked)
    .innerJoin(repositories, eq(repositories.id, ranked.repositoryId))
    .where(lte(ranked.rank, param.limit))
    .orderBy(asc(ranked.rank))
    .prepare();
});

/** How many authors are read; no real release has more. */
const MAX_CONTRIBUTORS = 5000;

type Share = ComparisonView["people"]["items"][number];

/**
 * Returns the contributors of two releases with their number of commits on each side, most commits first. The emails of one member count as
 * one contributor. Four queries.
 */
export async function compareContributors(db: Reader, { organizationId, baseId, headId, limit }: Pair): Promise<ComparisonView["people"]> {
  const rows = await selectShares(db, { ids: [baseId, headId], baseId, headId });
  const people = await briefContributors(
    db,
    organizationId,
    rows.map(({ author }) => author),
  );
  const shares = new Map<string, Share>();
  for (const { author, base, head } of rows) {
    const person = people.get(author.id);
    if (!person) continue;
    const key = contributorKey(person);
    const known = shares.get(key);
    shares.set(key, known ? { person: known.person, base: known.base + base, head: known.head + head } : { person, base, head });
  }
  const sorted = [...shares.values()].toSorted((a, b) => b.base + b.head - (a.base + a.head));
  return { total: sorted.length, items: sorted.slice(0, limit) };
}

const selectShares = prepared((db: Reader, param: { ids: readonly number[]; baseId: number; headId: number }) => {
  const { releaseCommits, commits, commitAuthors } = db.tables;
  const countIn = (id: number) => sql<number>`sum(case when ${releaseCommits.releaseId} = ${id} then 1 else 0 end)`.mapWith(Number);
  return db
    .select({ author: commitAuthors, base: countIn(param.baseId), head: countIn(param.headId) })
    .from(releaseCommits)
    .innerJoin(commits, eq(commits.id, releaseCommits.commitId))
    .innerJoin(commitAuthors, eq(commitAuthors.id, commits.authorId))
    .where(anyOf(releaseCommits.releaseId, param.ids))
    .groupBy(commitAuthors.id)
    .orderBy(desc(count()), commitAuthors.id)
    .limit(MAX_CONTRIBUTORS)
    .prepare();
});
