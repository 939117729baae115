import type { NewCommit } from "./procedure-types.ts";

export type PartLimits = {
  /** The most commits in a part. */
  readonly count: number;
  /** The most bytes of JSON in a part; a commit whose message alone is longer goes by itself. */
  readonly bytes: number;
};

/** Some of a list's commits, and how many of the list are stored whole once these are. */
export type CommitPart = { readonly commits: readonly NewCommit[]; readonly stored: number };

/**
 * Cuts a list into parts that can be sent on their own, in order. A commit that changes very many files is sent several times, each
 * time with other files of it: the server adds files to what it has of a commit.
 */
export function* splitCommits(commits: readonly NewCommit[], limits: PartLimits): Generator<CommitPart> {
  let part: NewCommit[] = [];
  let bytes = 0;
  let stored = 0;
  for (const commit of commits) {
    const slices = slicesOf(commit, limits.bytes);
    for (const [index, slice] of slices.entries()) {
      const size = sizeOf(slice);
      if (part.length > 0 && (part.length >= limits.count || bytes + size > limits.bytes)) {
        yield { commits: part, stored };
        part = [];
        bytes = 0;
      }
      part.push(slice);
      bytes += size;
      if (index === slices.length - 1) stored += 1;
    }
  }
  if (part.length > 0) yield { commits: part, stored };
}

function slicesOf(commit: NewCommit, limit: number): NewCommit[] {
  const files = commit.patch_set ?? [];
  if (files.length < 2 || sizeOf(commit) <= limit) return [commit];
  const middle = Math.ceil(files.length / 2);
  return [files.slice(0, middle), files.slice(middle)].flatMap((half) => slicesOf({ ...commit, patch_set: half }, limit));
}

const sizeOf = (commit: NewCommit): number => Buffer.byteLength(JSON.stringify(commit));
