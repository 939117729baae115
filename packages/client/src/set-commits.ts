import { UNBATCHED, type LandfallClient } from "./create-client.ts";
import { abortedError } from "./landfall-error.ts";
import type { NewCommit, Release } from "./procedure-types.ts";
import { type PartLimits, splitCommits } from "./split-commits.ts";

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
