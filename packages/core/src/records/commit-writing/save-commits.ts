import { setImmediate } from "node:timers/promises";
import type { Store, Tx } from "@landfall/db/store";
import { authorEmail, fixedIssues, isSkipped, orderCommits, SKIP_MARKER, storedMessage } from "@landfall/domain/commits/reported-commit";
import type { CommitInput } from "@landfall/schema/releases/commits";
import type { Access } from "../../access/organization-access.ts";
import { ensureRepositories, unnamedRepository } from "../repositories.ts";
import { ensureAuthors } from "../authors.ts";
import {
  changeableCommits,
  commitKey,
  type CommitWriter,
  commitWriter,
  storeCommits,
  type StoredCommit,
  storeFiles,
} from "./store-commits.ts";

/** The repository and hash of a commit in a list. */
export type CommitEntry = { readonly repositoryId: number; readonly sha: string };

/**
 * Stores commits with their repositories, authors, and files (contract 14.2–14.5). `entries` are the commits in the order of the list;
 * `stored` are the stored commits by `commitKey`.
 */
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

/** The names of authors to store, by email. */
function namesByEmail(commits: readonly CommitInput[]): Map<string, string | null> {
  const names = new Map<string, string | null>();
  // Oldest first, so that the name in the newest commit is stored.
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

/** Rows that one transaction may write, about 50 ms of work. A commit counts as 5 rows, and 500 characters of its message as one. */
const MAX_WORK = 6000;

const COMMIT_WORK = 5;
const CHARACTERS_PER_WORK = 500;

/** Authors that one transaction may write. */
const MAX_AUTHORS = 2000;

const workOf = ({ patch_set, message }: CommitInput): number =>
  COMMIT_WORK + (patch_set?.length ?? 0) + Math.ceil((message?.length ?? 0) / CHARACTERS_PER_WORK);

type WithCommits = { readonly commits?: CommitInput[] | undefined };

/** Returns whether storing the commits of this input is too much work for one transaction. */
export function exceedsOneTransaction({ commits = [] }: WithCommits): boolean {
  let work = 0;
  return commits.some((commit) => (work += workOf(commit)) > MAX_WORK);
}

/**
 * Stores the commits of a long list in several transactions, so that the process can serve other requests in between. Returns the input
 * with a list of references to the stored commits, which can be linked to a release in one short transaction. No release changes before
 * that.
 */
export async function saveCommitsInBatches<In extends WithCommits>(
  { context: { store }, now }: { readonly context: { readonly store: Store }; readonly now: Date },
  access: Access,
  input: In,
): Promise<In> {
  const writer = await commitWriter(store.read, access);
  const list = input.commits ?? [];
  await setImmediate();
  const ordered = orderCommits(list);
  const names = [...namesByEmail(ordered)];
  for (let start = 0; start < names.length; start += MAX_AUTHORS) {
    const part = new Map(names.slice(start, start + MAX_AUTHORS));
    await store.transaction((tx) => ensureAuthors(tx, writer, part));
  }
  for (const part of batches(ordered)) {
    await store.transaction((tx) => saveCommits(tx, writer, part.map(withoutName), now));
  }
  const skipped = list.filter(isSkipped).map((commit) => ({ ...reference(commit), message: SKIP_MARKER }));
  return { ...input, commits: [...ordered.map(reference), ...skipped] };
}

/** Splits a list into parts for one transaction each. A commit with many files is in several parts, with some of its files in each. */
function* batches(commits: readonly CommitInput[]): Generator<CommitInput[]> {
  let part: CommitInput[] = [];
  let work = 0;
  for (const commit of commits) {
    const files = commit.patch_set ?? [];
    let rest: CommitInput = commit;
    for (let start = 0; ; start += MAX_WORK) {
      const piece = { ...rest, patch_set: files.slice(start, start + MAX_WORK) };
      if (work > 0 && work + workOf(piece) > MAX_WORK) {
        yield part;
        part = [];
        work = 0;
      }
      part.push(piece);
      work += workOf(piece);
      if (start + MAX_WORK >= files.length) break;
      rest = reference(commit);
    }
  }
  if (part.length > 0) yield part;
}

const reference = ({ id, repository }: CommitInput): CommitInput => ({ id, repository: repository || undefined });

/** The commit with the email of its author only: the names are stored already. */
const withoutName = (commit: CommitInput): CommitInput => ({
  ...commit,
  author_email: authorEmail(commit.author_email, commit.author_name),
  author_name: null,
});
