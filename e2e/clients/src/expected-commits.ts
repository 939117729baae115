import type { WireCommit, WireCommitFile } from "./rest-api.ts";
import type { PlannedCommit } from "./scratch-repository.ts";

/** The comparable part of a stored commit. Dates are epoch milliseconds, so that the number of digits written does not matter. */
export type CommitFacts = {
  id: string;
  message: string | null;
  name: string | null;
  email: string | undefined;
  time: number;
  repository: string;
};

/** The comparable part of a stored file change. */
export type FileFacts = { filename: string; type: string; repoName: string; email: string | undefined };

/**
 * Returns the expected commits on the server, newest first. Texts are trimmed and emails are in lower case (releases.md 1.19, 14.4).
 *
 * @param plan commits, oldest first, with their shas in the same order
 * @param repository the name that the client gives the repository
 */
export function expectedCommits(plan: readonly PlannedCommit[], shas: readonly string[], repository = "origin"): CommitFacts[] {
  if (plan.length !== shas.length) throw new Error(`${plan.length} planned commits do not match ${shas.length} shas`);
  return plan
    .map(({ author, date, message }, index) => ({
      id: shas[index] ?? "",
      message: message.trim(),
      name: author.name,
      email: author.email.toLowerCase(),
      time: Date.parse(date),
      repository,
    }))
    .toReversed();
}

/** Reduces stored commits to the fields of `expectedCommits`. */
export function commitFacts(commits: readonly WireCommit[]): CommitFacts[] {
  return commits.map(({ id, message, author, dateCreated, repository }) => ({
    id,
    message,
    name: author.name ?? null,
    email: author.email,
    time: Date.parse(dateCreated),
    repository: repository.name,
  }));
}

/** Returns the expected files on the server: one row per commit and file, with a move as `D` and `A`, in a fixed order. */
export function expectedFiles(plan: readonly PlannedCommit[], repoName = "origin"): FileFacts[] {
  const present = new Set<string>();
  const rows = plan.flatMap(({ author, write = {}, remove = [], move = [] }) => {
    const row = (filename: string, type: string) => ({ filename, type, repoName, email: author.email.toLowerCase() });
    const removed = [...remove, ...move.map(([from]) => from)];
    const written = [...Object.keys(write), ...move.map(([, to]) => to)];
    const changes = [...removed.map((name) => row(name, "D")), ...written.map((name) => row(name, present.has(name) ? "M" : "A"))];
    for (const name of removed) present.delete(name);
    for (const name of written) present.add(name);
    return changes;
  });
  return inOrder(rows);
}

/** Reduces stored file changes to the fields of `expectedFiles`. */
export function fileFacts(files: readonly WireCommitFile[]): FileFacts[] {
  return inOrder(files.map(({ filename, type, repoName, author }) => ({ filename, type, repoName, email: author.email })));
}

/** The distinct emails of planned authors, in alphabetical order. */
export function expectedEmails(plan: readonly PlannedCommit[]): string[] {
  return [...new Set(plan.map(({ author }) => author.email.toLowerCase()))].toSorted();
}

function inOrder(rows: readonly FileFacts[]): FileFacts[] {
  const key = ({ filename, type, email }: FileFacts) => `${filename}\0${type}\0${email}`;
  return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
