import { chunked } from "@landfall/db/chunked";
import { jsonRows } from "@landfall/db/json-rows";
import { prepared } from "@landfall/db/prepared";
import type { ReleaseRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import type { CommitInput } from "@landfall/schema/inputs/commit";
import { eq } from "drizzle-orm";
import { AppError, notFound } from "../app-error.ts";
import { lockRelease } from "../releases/hold-release.ts";
import type { CommitWriter } from "./commit-writer.ts";
import { orderCommits } from "./order-commits.ts";
import { type CommitEntry, saveCommits } from "./save-commits.ts";
import { commitKey, type StoredCommit } from "./store-commits.ts";

/**
 * Replaces the release's commits by this list and answers the release as it is now (contract 14.1–14.5, 14.7). Throws `conflict`
 * when another writer is at the same list.
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
 * Takes the release's commit list for this transaction and answers the release as it is now. Throws 409 when another transaction has
 * it (contract 1.20), 404 when the release is gone.
 */
export async function lockCommits(tx: Tx, release: ReleaseRow): Promise<ReleaseRow> {
  if (!(await tx.tryLock(`release-commits:${release.id}`))) throw new AppError("conflict", "Release commits are currently being processed");
  const held = await lockRelease(tx, release);
  if (!held) throw notFound();
  return held;
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
  if (links.length > 0) await insertLinks(tx, { rows: linkRows(tx).encode(links) });

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

const linkRows = (tx: Tx) => jsonRows(tx, tx.tables.releaseCommits, ["releaseId", "position", "commitId"]);

const insertLinks = prepared((tx: Tx) => tx.insert(tx.tables.releaseCommits).select(linkRows(tx).select).prepare());
