import { type LandfallClient, type NewCommit, type Release, UNBATCHED } from "./create-client.ts";
import { abortedError } from "./landfall-error.ts";

/** The progress: `stored` of `total` commits. */
export type CommitProgress = { readonly stored: number; readonly total: number };

export type SetCommitsOptions = {
  readonly organization: string;
  readonly version: string;
  /** Newest first, as in `git log`. An empty list removes the commits of the release. */
  readonly commits: readonly NewCommit[];
  /** Called at the start and after each part. `stored` never decreases and ends at `total`. */
  readonly onProgress?: (progress: CommitProgress) => void;
  readonly signal?: AbortSignal | undefined;
  /** The limits of one part; 1,000 commits and 4 MiB by default. */
  readonly limits?: PartLimits;
};

const LIMITS: PartLimits = { count: 1_000, bytes: 4_194_304 };

/**
 * Sets the commits of a release and returns the release. A long list is first stored in parts, and then assigned to the release in one
 * call, so that the release has either the old list or the new one, even after an abort or a failure.
 * @throws LandfallError `not_found` if the release does not exist; `conflict` while another writer changes its list.
 */
export async function setCommits(client: LandfallClient, options: SetCommitsOptions): Promise<Release> {
  const { organization, version, commits, onProgress = () => {}, signal, limits = LIMITS } = options;
  const call = { signal, context: UNBATCHED };
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

const SKIP_MARKER = "#skipsentry";

/** The fields that identify a stored commit. The marker that excludes a commit from releases must be repeated. */
const toReference = ({ id, repository, timestamp, message }: NewCommit): NewCommit => ({
  id,
  repository,
  timestamp,
  message: message?.includes(SKIP_MARKER) ? SKIP_MARKER : undefined,
});

type PartLimits = {
  /** The maximum number of commits in a part. */
  readonly count: number;
  /** The maximum size of a part in bytes of JSON; a commit with a longer message is sent alone. */
  readonly bytes: number;
};

/** Part of a list of commits. `stored` is how many commits are complete after this part. */
export type CommitPart = { readonly commits: readonly NewCommit[]; readonly stored: number };

/**
 * Splits a list into parts that can be sent in order. A commit with very many files is sent several times, each time with other files: the
 * server adds files to a commit that it has.
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
