import { chunked } from "@landfall/db/chunked";
import type { ReleaseRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import type { CommitInput } from "@landfall/schema/inputs/commit";
import { eq } from "drizzle-orm";
import { AppError } from "../app-error.ts";
import { authorEmail } from "./author-email.ts";
import { ensureAuthors } from "./ensure-authors.ts";
import { ensureRepositories, unnamedRepository } from "./ensure-repositories.ts";
import { fixedIssues } from "./fixed-issues.ts";
import { orderCommits } from "./order-commits.ts";
import { commitKey, storeCommits, type StoredCommit } from "./store-commits.ts";
import { storeFiles } from "./store-files.ts";

type Entry = { readonly repositoryId: number; readonly sha: string };

/**
 * Replaces the release's commits by this list and answers the release as it is now (contract 14.1–14.5, 14.7). Throws `conflict`
 * when another writer is at the same list.
 */
export async function setCommits(tx: Tx, release: ReleaseRow, list: readonly CommitInput[], now: Date): Promise<ReleaseRow> {
  await lockCommits(tx, release);
  const { organizationId } = release;
  const commits = orderCommits(list);
  const nameOf = ({ repository }: CommitInput) => repository || unnamedRepository(organizationId);
  const repositories = await ensureRepositories(tx, organizationId, new Set(commits.map(nameOf)), now);
  const authorIds = await ensureAuthors(tx, organizationId, namesByEmail(commits));

  const entries = commits.map((commit) => ({ commit, sha: commit.id, repositoryId: repositories.get(nameOf(commit))?.id ?? 0 }));
  const drafts = entries.map(({ commit: { message, timestamp, author_email, author_name }, sha, repositoryId }) => {
    const email = authorEmail(author_email, author_name);
    return {
      repositoryId,
      sha,
      message: message ?? undefined,
      dateCreated: timestamp ?? undefined,
      authorId: email === null ? undefined : authorIds.get(email),
      fixes: message ? nonEmpty(fixedIssues(message)) : undefined,
    };
  });
  const stored = await storeCommits(tx, organizationId, drafts, now);
  await storeFiles(
    tx,
    entries.flatMap(({ commit, ...entry }) => {
      const commitId = stored.get(commitKey(entry))?.id ?? 0;
      return (commit.patch_set ?? []).map(({ path, type }) => ({ commitId, path, type }));
    }),
  );
  return link(tx, release, entries, stored);
}

/** Takes the release's commit list for this transaction; throws 409 when another transaction has it (contract 1.20). */
export async function lockCommits(tx: Tx, release: ReleaseRow): Promise<void> {
  if (!(await tx.tryLock(`release-commits:${release.id}`))) throw new AppError("conflict", "Release commits are currently being processed");
}

async function link(tx: Tx, release: ReleaseRow, entries: readonly Entry[], stored: ReadonlyMap<string, StoredCommit>): Promise<ReleaseRow> {
  const { releases, releaseCommits, releaseHeads } = tx.tables;
  const linked = new Map<number, StoredCommit & { position: number }>();
  for (const [position, entry] of entries.entries()) {
    const commit = stored.get(commitKey(entry));
    if (commit && !linked.has(commit.id)) linked.set(commit.id, { ...commit, position });
  }
  await tx.delete(releaseCommits).where(eq(releaseCommits.releaseId, release.id));
  const links = [...linked.values()].map(({ id, position }) => ({ releaseId: release.id, commitId: id, position }));
  for (const rows of chunked(links)) await tx.insert(releaseCommits).values(rows);

  const heads = [...Map.groupBy(linked.values(), ({ repositoryId }) => repositoryId)].flatMap(([repositoryId, [first]]) =>
    first ? [{ releaseId: release.id, repositoryId, commitId: first.id }] : [],
  );
  if (heads.length > 0) await tx.insert(releaseHeads).values(heads).onConflictDoNothing();

  const [first] = linked.values();
  const authorIds = [...new Set([...linked.values()].flatMap(({ authorId }) => authorId ?? []))];
  const changes = { commitCount: entries.length, lastCommitId: first?.id ?? null, authorIds };
  await tx.update(releases).set(changes).where(eq(releases.id, release.id));
  return { ...release, ...changes };
}

function namesByEmail(commits: readonly CommitInput[]): Map<string, string | null> {
  const names = new Map<string, string | null>();
  // Oldest first, so that the newest commit's spelling of a name wins.
  for (const { author_email, author_name } of commits.toReversed()) {
    const email = authorEmail(author_email, author_name);
    if (email !== null) names.set(email, author_name || names.get(email) || null);
  }
  return names;
}

const nonEmpty = <T>(items: T[]): T[] | undefined => (items.length > 0 ? items : undefined);
