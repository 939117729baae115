import { chunked, jsonRows, type NewRow } from "@landfall/db/sql/insert-rows";
import { prepared } from "@landfall/db/sql/prepared";
import type { Tx } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { orderCommits } from "@landfall/domain/commits/reported-commit";
import { splitRange } from "@landfall/schema/fields/names";
import type { CreateReleaseInput } from "@landfall/schema/releases/change-release";
import type { CommitInput, HeadCommitInput, RefInput } from "@landfall/schema/releases/commits";
import { and, eq, sql } from "drizzle-orm";
import type * as z from "zod";
import type { Access } from "../../access/organization-access.ts";
import { AppError, invalidField } from "../../kernel/app-error.ts";
import { CommittedFailure } from "../../kernel/operation.ts";
import { type MutationContext, recordAudit } from "../../records/audit.ts";
import { lockRelease, releaseDeleted } from "../../records/releases.ts";
import { findRepositories } from "../../records/repositories.ts";
import {
  type CommitEntry,
  commitKey,
  type CommitWriter,
  commitWriter,
  saveCommits,
  storeCommits,
  type StoredCommit,
} from "../../records/save-commits.ts";

/** The commits and head commits of a request. */
type ReportedCommits = Pick<CreateReleaseInput, "commits" | "refs" | "headCommits">;

/**
 * Applies the commits and head commits of a request, and returns the updated release (contract 3.2, steps 8 and 9; 4.2). Unknown
 * repositories in the refs are a failure that keeps the commits. With `clears`, empty refs remove all commits of the release.
 */
export async function applyCommits(
  on: MutationContext,
  access: Access,
  before: ReleaseRow,
  reported: ReportedCommits,
  { clears = false } = {},
): Promise<ReleaseRow | CommittedFailure> {
  const { tx, now } = on;
  const { organizationId, version: target } = before;
  const refs = headCommitsOf(reported);
  const writer = reported.commits?.length || refs.length > 0 ? await commitWriter(tx, access) : null;
  let release = before;
  if (writer && reported.commits?.length) {
    release = await setCommits(tx, writer, release, reported.commits, now);
    await recordAudit(on, { organizationId, action: "release.set_commits", target, details: { commitCount: release.commitCount } });
  }
  if (writer && refs.length > 0) {
    const error = await unknownRepositories(tx, writer, refs);
    if (error) return new CommittedFailure(error);
    release = await setRefs(tx, writer, release, refs, now);
    const heads = Object.fromEntries(refs.map(({ repository, commit }) => [repository, commit]));
    await recordAudit(on, { organizationId, action: "release.set_refs", target, details: { heads } });
  } else if (clears && reported.refs) {
    release = await clearCommits(tx, release);
    await recordAudit(on, { organizationId, action: "release.clear_commits", target });
  }
  return release;
}

type ReportedHeadCommits = {
  readonly refs?: readonly RefInput[] | undefined;
  readonly headCommits?: readonly z.output<typeof HeadCommitInput>[] | undefined;
};

/** Returns the head commits of a request: `refs`, or the older `headCommits` if there are none (contract 3.1). */
export function headCommitsOf({ refs, headCommits }: ReportedHeadCommits): RefInput[] {
  if (refs && refs.length > 0) return [...refs];
  return (headCommits ?? []).map(({ repository, currentId, previousId }) => ({
    repository,
    commit: currentId,
    previousCommit: previousId ?? null,
  }));
}

/**
 * Replaces the commits of the release by this list and returns the updated release (contract 14.1–14.5, 14.7).
 *
 * @throws `conflict` if another transaction is writing the list, and 404 if the release was deleted.
 */
export async function setCommits(
  tx: Tx,
  writer: CommitWriter,
  release: ReleaseRow,
  list: readonly CommitInput[],
  now: Date,
): Promise<ReleaseRow> {
  const locked = await lockCommits(tx, release);
  const { entries, stored } = await saveCommits(tx, writer, orderCommits(list), now);
  return linkCommits(tx, locked, entries, stored);
}

/**
 * Locks the commit list of the release until the transaction ends, and returns the stored release.
 *
 * @throws `conflict` if another transaction holds the lock (contract 1.20), and 404 if the release was deleted.
 */
export async function lockCommits(tx: Tx, release: ReleaseRow): Promise<ReleaseRow> {
  if (!(await tx.tryLock(`release-commits:${release.id}`))) throw new AppError("conflict", "Release commits are currently being processed");
  const locked = await lockRelease(tx, release);
  if (!locked) throw releaseDeleted(release);
  return locked;
}

async function linkCommits(
  tx: Tx,
  release: ReleaseRow,
  entries: readonly CommitEntry[],
  stored: ReadonlyMap<string, StoredCommit>,
): Promise<ReleaseRow> {
  const { releases, releaseCommits, releaseHeads } = tx.tables;
  const linked = new Map<number, StoredCommit & { position: number }>();
  for (const [position, entry] of entries.entries()) {
    const commit = stored.get(commitKey(entry));
    if (commit && !linked.has(commit.id)) linked.set(commit.id, { ...commit, position });
  }
  await tx.delete(releaseCommits).where(eq(releaseCommits.releaseId, release.id));
  const links = [...linked.values()].map(({ id, position }) => ({ releaseId: release.id, commitId: id, position }));
  if (links.length > 0) await insertLinks(tx, { rows: links });

  const heads = [...Map.groupBy(linked.values(), ({ repositoryId }) => repositoryId)].flatMap(([repositoryId, [first]]) =>
    first ? [{ releaseId: release.id, repositoryId, commitId: first.id }] : [],
  );
  for (const rows of chunked(heads)) await tx.insert(releaseHeads).values(rows).onConflictDoNothing();

  const [first] = linked.values();
  const authorIds = [...new Set([...linked.values()].flatMap(({ authorId }) => authorId ?? []))];
  const changes = { commitCount: entries.length, lastCommitId: first?.id ?? null, authorIds };
  await tx.update(releases).set(changes).where(eq(releases.id, release.id));
  return { ...release, ...changes };
}

const LINK_COLUMNS = ["releaseId", "position", "commitId"] as const;

const insertLinks = prepared((tx: Tx, param: { rows: readonly NewRow<"releaseCommits", typeof LINK_COLUMNS>[] }) =>
  tx
    .insert(tx.tables.releaseCommits)
    .select(jsonRows(tx, tx.tables.releaseCommits, LINK_COLUMNS, param.rows))
    .prepare(),
);

/**
 * Returns the error for refs to repositories that do not exist in the organization, or that only releases out of the writer's reach have
 * commits from; null if there are none (contract 14.6a). To be called before `setRefs`.
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
 * Sets the head commits of the release, one in each repository (contract 14.6), and returns the stored release. Missing commits are
 * created. All repositories must exist.
 *
 * @throws 404 if the release was deleted.
 */
export async function setRefs(
  tx: Tx,
  writer: CommitWriter,
  release: ReleaseRow,
  refs: readonly RefInput[],
  now: Date,
): Promise<ReleaseRow> {
  const locked = await lockRelease(tx, release);
  if (!locked) throw releaseDeleted(release);
  const { organizationId } = locked;
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
  // Of several refs to one repository, the last counts.
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
  return locked;
}

/** Removes all head commits, commits, and authors from the release, and returns it. The commits stay stored (contract 14.8). */
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
