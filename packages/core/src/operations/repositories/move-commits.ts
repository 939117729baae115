import { anyOf } from "@landfall/db/sql/conditions";
import type { Tx } from "@landfall/db/store";
import { and, type Column, eq, exists, isNull, type SQL, sql } from "drizzle-orm";

/** Moves at most `limit` rows between two repositories, given by their ids. */
export type Move = { readonly from: number; readonly into: number; readonly limit: number };

/** Moves the head commits of releases. A release with a head commit in both repositories keeps that of `into`. Returns how many moved. */
export async function moveHeads(tx: Tx, { from, into, limit }: Move): Promise<number> {
  const { releaseHeads } = tx.tables;
  const { releaseId, repositoryId } = releaseHeads;
  const rows = await tx.select({ releaseId }).from(releaseHeads).where(eq(repositoryId, from)).limit(limit);
  const ids = rows.map((row) => row.releaseId);
  if (ids.length === 0) return 0;
  const both = await tx
    .select({ releaseId })
    .from(releaseHeads)
    .where(and(eq(repositoryId, into), anyOf(releaseId, ids)));
  const ofSource = (releases: readonly number[]) => and(eq(repositoryId, from), anyOf(releaseId, releases));
  await tx.delete(releaseHeads).where(ofSource(both.map((row) => row.releaseId)));
  await tx.update(releaseHeads).set({ repositoryId: into }).where(ofSource(ids));
  return ids.length;
}

/** Moves commits. Returns how many moved. */
export async function moveCommits(tx: Tx, { from, into, limit }: Move): Promise<number> {
  const { commits } = tx.tables;
  const rows = await tx.select({ id: commits.id, sha: commits.sha }).from(commits).where(eq(commits.repositoryId, from)).limit(limit);
  if (rows.length === 0) return 0;
  const shas = rows.map(({ sha }) => sha);
  const known = await tx
    .select({ id: commits.id, sha: commits.sha })
    .from(commits)
    .where(and(eq(commits.repositoryId, into), anyOf(commits.sha, shas)));
  const targets = new Map(known.map(({ id, sha }) => [sha, id]));
  const unique = rows.filter(({ sha }) => !targets.has(sha)).map(({ id }) => id);
  const pairs = rows.flatMap(({ id, sha }) => ({ source: id, target: targets.get(sha) ?? null }));
  const shared = pairs.flatMap(({ source, target }) => (target === null ? [] : { source, target }));
  if (unique.length > 0) await tx.update(commits).set({ repositoryId: into }).where(anyOf(commits.id, unique));
  if (shared.length > 0) await joinCommits(tx, { from, into }, shared);
  return rows.length;
}

type Shared = { readonly source: number; readonly target: number };

/** Replaces commits by those with the same hash in the other repository, in releases too, and deletes them. */
async function joinCommits(tx: Tx, { from, into }: Pick<Move, "from" | "into">, shared: readonly Shared[]): Promise<void> {
  const { commits, commitFiles, releases, releaseCommits, releaseHeads } = tx.tables;
  const sources = shared.map(({ source }) => source);
  const targets = shared.map(({ target }) => target);
  // A changed key locks the rows, so that no other transaction adds a commit to a release before it is deleted here.
  await tx
    .update(commits)
    .set({ sha: sql`${commits.sha} || '~'` })
    .where(anyOf(commits.id, sources));
  await fillMissing(tx, from, targets);

  const targetOf = (commitId: Column): SQL<number> =>
    sql`(select target.id from ${commits} as source join ${commits} as target on target.repository_id = ${into} and target.sha = substr(source.sha, 1, length(source.sha) - 1) where source.id = ${commitId})`;
  const withFiles = await tx.selectDistinct({ id: commitFiles.commitId }).from(commitFiles).where(anyOf(commitFiles.commitId, targets));
  const haveFiles = new Set(withFiles.map(({ id }) => id));
  const toFill = shared.filter(({ target }) => !haveFiles.has(target)).map(({ source }) => source);
  await tx
    .update(commitFiles)
    .set({ commitId: targetOf(commitFiles.commitId) })
    .where(anyOf(commitFiles.commitId, toFill));

  const linked = await tx
    .selectDistinct({ id: releaseCommits.releaseId })
    .from(releaseCommits)
    .where(anyOf(releaseCommits.commitId, sources));
  const releaseIds = linked.map(({ id }) => id);
  await tx
    .update(releases)
    .set({ lastCommitId: targetOf(releases.lastCommitId) })
    .where(and(anyOf(releases.id, releaseIds), anyOf(releases.lastCommitId, sources)));
  await tx
    .update(releaseHeads)
    .set({ commitId: targetOf(releaseHeads.commitId) })
    .where(anyOf(releaseHeads.commitId, sources));
  await joinLinks(tx, sources, targetOf);
  await tx.delete(commits).where(anyOf(commits.id, sources));
}

/** Takes the message and author of commits from those of the other repository where they have none. */
async function fillMissing(tx: Tx, from: number, targets: readonly number[]): Promise<void> {
  const { commits } = tx.tables;
  const ofSource = (column: string) =>
    sql`(select source.${sql.raw(column)} from ${commits} as source where source.repository_id = ${from} and source.sha = ${commits.sha} || '~')`;
  await tx
    .update(commits)
    .set({ message: ofSource("message"), fixes: ofSource("fixes") })
    .where(and(anyOf(commits.id, targets), isNull(commits.message)));
  await tx
    .update(commits)
    .set({ authorId: ofSource("author_id") })
    .where(and(anyOf(commits.id, targets), isNull(commits.authorId)));
}

/** Replaces the commits in releases. A release that contains both commits contains one afterwards, and counts it once. */
async function joinLinks(tx: Tx, sources: readonly number[], targetOf: (commitId: Column) => SQL<number>): Promise<void> {
  const { releases, releaseCommits } = tx.tables;
  const other = tx.select({ releaseId: releaseCommits.releaseId, commitId: releaseCommits.commitId }).from(releaseCommits).as("other");
  const hasBoth = exists(
    tx
      .select({ one: sql`1` })
      .from(other)
      .where(and(eq(other.releaseId, releaseCommits.releaseId), eq(other.commitId, targetOf(releaseCommits.commitId)))),
  );
  const removed = await tx
    .delete(releaseCommits)
    .where(and(anyOf(releaseCommits.commitId, sources), hasBoth))
    .returning({ releaseId: releaseCommits.releaseId });
  for (const [releaseId, rows] of Map.groupBy(removed, (row) => row.releaseId)) {
    await tx
      .update(releases)
      .set({ commitCount: sql`${releases.commitCount} - ${rows.length}` })
      .where(eq(releases.id, releaseId));
  }
  await tx
    .update(releaseCommits)
    .set({ commitId: targetOf(releaseCommits.commitId) })
    .where(anyOf(releaseCommits.commitId, sources));
}
