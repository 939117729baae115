import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import type { ComparisonView } from "@landfall/schema/views/compare";
import { asc, eq, lte, sql } from "drizzle-orm";
import type { Pair } from "./compare-commits.ts";

const ONLY_BASE = 1;
const ONLY_HEAD = 2;
const BOTH = 3;

/** The files the commits of two releases changed, apart and in common, by path. A file is told by its repository and path. One query. */
export async function compareFiles(db: Reader, { baseId, headId, limit }: Pair): Promise<ComparisonView["files"]> {
  const rows = await selectFiles(db, { ids: JSON.stringify([baseId, headId]), baseId, headId, limit });
  const kind = (side: number) => {
    const mine = rows.filter((row) => row.side === side);
    return { total: mine[0]?.total ?? 0, items: mine.map(({ repository, path }) => ({ repository, path })) };
  };
  return { onlyHead: kind(ONLY_HEAD), onlyBase: kind(ONLY_BASE), both: kind(BOTH) };
}

const selectFiles = prepared((db: Reader) => {
  const { releaseCommits, commits, commitFiles, repositories } = db.tables;
  const on = (side: string) => sql`max(case when ${releaseCommits.releaseId} = ${sql.placeholder(side)} then 1 else 0 end)`;
  const changed = db
    .select({
      repositoryId: commits.repositoryId,
      path: commitFiles.path,
      side: sql<number>`${on("headId")} * 2 + ${on("baseId")}`.mapWith(Number).as("side"),
    })
    .from(releaseCommits)
    .innerJoin(commits, eq(commits.id, releaseCommits.commitId))
    .innerJoin(commitFiles, eq(commitFiles.commitId, commits.id))
    .where(anyOf(releaseCommits.releaseId, "ids"))
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
    .where(lte(ranked.rank, sql.placeholder("limit")))
    .orderBy(asc(ranked.rank))
    .prepare();
});
