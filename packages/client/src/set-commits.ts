import { type LandfallClient, type NewCommit, type Release, UNBATCHED } from "./create-client.ts";
import { abortedError } from "./landfall-error.ts";

/** How far a list has come: `stored` of `total` commits. */
export type CommitProgress = { readonly stored: number; readonly total: number };

export type SetCommitsOptions = {
  readonly organization: string;
  readonly version: string;
  /** Newest first, as `git log` lists them. An empty list takes the release's commits away. */
  readonly commits: readonly NewCommit[];
  /** Told at the start and after each part. `stored` only grows and ends at `total`. */
  readonly onProgress?: (progress: CommitProgress) => void;
  readonly signal?: AbortSignal;
  /** How much is sent at a time; 1,000 commits or 4 MiB by default. */
  readonly limits?: PartLimits;
};

const LIMITS: PartLimits = { count: 1_000, bytes: 4_194_304 };

/**
 * Makes these the commits of a release and answers the release. Lists of any length: a long one is stored in parts ahead, and the
 * release then names all of them in one call, so that its list is always whole, the old one or the new one, also when this is aborted
 * or fails half-way. Throws `not_found` for an unknown release and `conflict` while another writer is at its list.
 */
export async function setCommits(client: LandfallClient, options: SetCommitsOptions): Promise<Release> {
  const { organization, version, commits, onProgress = () => {}, signal, limits = LIMITS } = options;
  const call = { ...(signal ? { signal } : {}), context: UNBATCHED };
  const total = commits.length;
  onProgress({ stored: 0, total });
  if (total === 0) return client.releases.update.mutate({ organization, version, refs: [] }, call);

  const parts = [...splitCommits(commits, limits)];
  if (parts.length === 1) {
    const release = await client.releases.update.mutate({ organization, version, commits: [...commits] }, call);
    onProgress({ stored: total, total });
    return release;
  }
  for (const part of parts) {
    if (signal?.aborted) throw abortedError(signal.reason);
    await client.commits.report.mutate({ organization, commits: [...part.commits] }, call);
    onProgress({ stored: part.stored, total });
  }
  return client.releases.update.mutate({ organization, version, commits: commits.map(toReference) }, call);
}

const SKIPPED = "#skipsentry";

/** Enough to find a stored commit again. A message that keeps a commit out of releases must be there to do so. */
const toReference = ({ id, repository, timestamp, message }: NewCommit): NewCommit => ({
  id,
  ...(repository === undefined ? {} : { repository }),
  ...(timestamp === undefined ? {} : { timestamp }),
  ...(message?.includes(SKIPPED) ? { message: SKIPPED } : {}),
});

type PartLimits = {
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
