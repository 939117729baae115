import type { Tx } from "@landfall/db/store";
import type { CommitInput } from "@landfall/schema/inputs/commit";
import { authorEmail } from "./author-email.ts";
import { changeableCommits, type CommitWriter } from "./commit-writer.ts";
import { storedMessage } from "./cut-message.ts";
import { ensureAuthors } from "./ensure-authors.ts";
import { ensureRepositories, unnamedRepository } from "./ensure-repositories.ts";
import { fixedIssues } from "./fixed-issues.ts";
import { commitKey, storeCommits, type StoredCommit } from "./store-commits.ts";
import { storeFiles } from "./store-files.ts";

/** Where a commit of a list is stored. */
export type CommitEntry = { readonly repositoryId: number; readonly sha: string };

/** Stores commits with their repositories, authors and files (contract 14.2–14.5), and answers them in the order given, and by key. */
export async function saveCommits(
  tx: Tx,
  writer: CommitWriter,
  commits: readonly CommitInput[],
  now: Date,
): Promise<{ entries: CommitEntry[]; stored: Map<string, StoredCommit> }> {
  const { organizationId } = writer;
  const nameOf = ({ repository }: CommitInput) => repository || unnamedRepository(organizationId);
  const repositories = await ensureRepositories(tx, organizationId, new Set(commits.map(nameOf)), now);
  const authorIds = await ensureAuthors(tx, writer, namesByEmail(commits));

  const entries = commits.map((commit) => ({ commit, sha: commit.id, repositoryId: repositories.get(nameOf(commit))?.id ?? 0 }));
  const drafts = entries.map(({ commit: { message, timestamp, author_email, author_name }, sha, repositoryId }) => {
    const email = authorEmail(author_email, author_name);
    const stored = typeof message === "string" ? storedMessage(message) : undefined;
    return {
      repositoryId,
      sha,
      message: stored,
      dateCreated: timestamp ?? undefined,
      authorId: email === null ? undefined : authorIds.get(email),
      fixes: stored === undefined ? undefined : issuesOrNull(stored),
    };
  });
  const stored = await storeCommits(tx, writer, drafts, now);
  const files = entries.flatMap(({ commit, ...entry }) => {
    const commitId = stored.get(commitKey(entry))?.id ?? 0;
    return (commit.patch_set ?? []).map(({ path, type }) => ({ commitId, path, type }));
  });
  const changeable = await changeableCommits(tx, writer, [...new Set(files.map(({ commitId }) => commitId))]);
  await storeFiles(
    tx,
    files.filter(({ commitId }) => changeable.has(commitId)),
  );
  return { entries: entries.map(({ repositoryId, sha }) => ({ repositoryId, sha })), stored };
}

/** The names to store of authors, by their addresses. */
export function namesByEmail(commits: readonly CommitInput[]): Map<string, string | null> {
  const names = new Map<string, string | null>();
  // Oldest first, so that the newest commit's spelling of a name wins.
  for (const { author_email, author_name } of commits.toReversed()) {
    const email = authorEmail(author_email, author_name);
    if (email !== null) names.set(email, author_name || names.get(email) || null);
  }
  return names;
}

function issuesOrNull(message: string): string[] | null {
  const issues = fixedIssues(message);
  return issues.length > 0 ? issues : null;
}
