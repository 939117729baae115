import type { CommitRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { CommitDetailView } from "@landfall/schema/views/commit-detail";
import { and, asc, count, eq, exists, sql } from "drizzle-orm";

/** Of the commits that came next so many are looked at. */
const MAX_SCANNED = 2000;

/** How many newer commits of a commit's repository are in no release, of the 2000 that came next. One query. */
export async function countUnreleasedAfter(
  db: Reader,
  { repositoryId, dateCreated, id }: Pick<CommitRow, "repositoryId" | "dateCreated" | "id">,
): Promise<NonNullable<CommitDetailView["neighbours"]>> {
  const { commits, releaseCommits } = db.tables;
  const newer = sql`(${commits.dateCreated}, ${commits.id}) > (${sql.param(dateCreated, commits.dateCreated)}, ${id})`;
  const next = db
    .select({ id: commits.id })
    .from(commits)
    .where(and(eq(commits.repositoryId, repositoryId), newer))
    .orderBy(asc(commits.dateCreated), asc(commits.id))
    .limit(MAX_SCANNED)
    .as("next");
  const held = exists(
    db
      .select({ one: sql`1` })
      .from(releaseCommits)
      .where(eq(releaseCommits.commitId, next.id)),
  );
  const [row] = await db
    .select({ looked: count(), unreleased: sql<number>`coalesce(sum(case when ${held} then 0 else 1 end), 0)`.mapWith(Number) })
    .from(next);
  const { looked, unreleased } = row ?? { looked: 0, unreleased: 0 };
  return { unreleased, isCapped: looked === MAX_SCANNED };
}
