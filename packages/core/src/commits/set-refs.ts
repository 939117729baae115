import { chunked } from "@landfall/db/chunked";
import type { ReleaseRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { splitRange } from "@landfall/schema/fields/commit-reference";
import type { RefInput } from "@landfall/schema/inputs/commit";
import { and, eq, sql } from "drizzle-orm";
import { type AppError, invalidField, notFound } from "../app-error.ts";
import { lockRelease } from "../releases/hold-release.ts";
import type { CommitWriter } from "./commit-writer.ts";
import { findRepositories } from "./ensure-repositories.ts";
import { lockCommits } from "./set-commits.ts";
import { commitKey, storeCommits } from "./store-commits.ts";

/**
 * The refusal for refs to repositories the organization does not know, or only by releases out of the writer's reach, else null (contract
 * 14.6a). Look before `setRefs`.
 */
export async function unknownRepositories(
  tx: Tx,
  { organizationId, reach }: CommitWriter,
  refs: readonly RefInput[],
): Promise<AppError | null> {
  const names = new Set(refs.map((ref) => ref.repository));
  const known = await findRepositories(tx, organizationId, names, "any", reach);
  const unknown = [...names].filter((name) => !known.has(name));
  return unknown.length === 0 ? null : invalidField("refs", `Invalid repository names: ${unknown.join(",")}`);
}

/**
 * Names the release's head commit in each repository, all of them known (contract 14.6), and answers the release as it is now. Commits
 * are made where missing. Throws 404 when the release is gone.
 */
export async function setRefs(
  tx: Tx,
  writer: CommitWriter,
  release: ReleaseRow,
  refs: readonly RefInput[],
  now: Date,
): Promise<ReleaseRow> {
  const held = await lockRelease(tx, release);
  if (!held) throw notFound();
  const { organizationId } = held;
  const known = await findRepositories(tx, organizationId, new Set(refs.map((ref) => ref.repository)), "any");
  const heads = refs.map(({ repository, commit, previousCommit }) => {
    const range = splitRange(commit);
    return {
      repositoryId: known.get(repository)?.id ?? 0,
      sha: range.commit,
      previousSha: range.previousCommit ?? (previousCommit || null),
    };
  });
  const drafts = heads.map(({ repositoryId, sha }) => ({
    repositoryId,
    sha,
    message: undefined,
    authorId: undefined,
    dateCreated: undefined,
    fixes: undefined,
  }));
  const stored = await storeCommits(tx, writer, drafts, now);
  const { releaseHeads } = tx.tables;
  // Later refs to the same repository win.
  const lastOfEach = new Map(heads.map((head) => [head.repositoryId, head]));
  const rows = [...lastOfEach.values()].map((head) => ({
    releaseId: release.id,
    repositoryId: head.repositoryId,
    commitId: stored.get(commitKey(head))?.id ?? 0,
    previousSha: head.previousSha,
  }));
  for (const part of chunked(rows)) {
    await tx
      .insert(releaseHeads)
      .values(part)
      .onConflictDoUpdate({
        target: [releaseHeads.releaseId, releaseHeads.repositoryId],
        set: { commitId: sql`excluded.commit_id`, previousSha: sql`excluded.previous_sha` },
      });
  }
  return held;
}

/** Empties the release: no heads, no commits, no authors; the commits themselves stay (contract 14.8). */
export async function clearCommits(tx: Tx, release: ReleaseRow): Promise<ReleaseRow> {
  const locked = await lockCommits(tx, release);
  const { releases, releaseCommits, releaseHeads } = tx.tables;
  await tx.delete(releaseHeads).where(eq(releaseHeads.releaseId, release.id));
  await tx.delete(releaseCommits).where(eq(releaseCommits.releaseId, release.id));
  const changes = { commitCount: 0, lastCommitId: null, authorIds: [] };
  await tx
    .update(releases)
    .set(changes)
    .where(and(eq(releases.id, release.id), eq(releases.organizationId, release.organizationId)));
  return { ...locked, ...changes };
}
