import { setImmediate } from "node:timers/promises";
import type { Store } from "@landfall/db/store";
import { authorEmail, isSkipped, orderCommits, SKIP_MARKER } from "@landfall/domain/commits/reported-commit";
import type { CommitInput } from "@landfall/schema/releases/commits";
import type { Access } from "../access/organization-access.ts";
import { ensureAuthors } from "./authors.ts";
import { commitWriter, namesByEmail, saveCommits } from "./save-commits.ts";

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
