import type { Release } from "@landfall/client/create-client";
import { MAX_COMMITS } from "@landfall/schema/constants";
import type { Repository } from "../git/open-repository.ts";

/** How many commits to send for the first release. */
export const INITIAL_DEPTH = 20;

/** The commits of a release. */
export type CommitRange = {
  /** The newest commit; default: HEAD. */
  readonly until?: string;
  /** The commit to start after; null if the range is the newest `limit` commits. */
  readonly since: string | null;
  readonly limit: number;
  /** The earlier release that the range starts after. If none could be used, the nearest one. */
  readonly previous: Release | null;
};

/**
 * Returns the commits since an earlier release: those of HEAD that the last commit of that release does not have. Uses the nearest release
 * whose commit is in this repository; others may be of another repository or of a rewritten history. Tries `ref` first, which `ship`
 * stores, because commits are ordered by author date and the newest need not have been HEAD. Without such a release, returns the newest
 * `depth` commits. The limit is that of one request.
 */
export async function findRange(repository: Repository, earlier: AsyncIterable<Release>, depth: number): Promise<CommitRange> {
  let nearest: Release | null = null;
  for await (const release of earlier) {
    nearest ??= release;
    for (const sha of [release.ref, release.lastCommit?.id]) {
      const since = sha && SHA.test(sha) ? await repository.findCommit(sha) : null;
      if (since !== null) return { since, limit: MAX_COMMITS, previous: release };
    }
  }
  return { since: null, limit: Math.min(depth, MAX_COMMITS), previous: nearest };
}

const SHA = /^[0-9a-f]{40,64}$/i;

/** Explains why a range does not start after the previous release, and how to fix it; null if it does, or if there is no previous release. */
export function explainRange({ isShallow }: Pick<Repository, "isShallow">, { since, previous }: CommitRange): string | null {
  if (since !== null || previous === null) return null;
  const short = previous.lastCommit?.id.slice(0, 12) ?? "unknown";
  const commit = `${short}, the last commit of ${previous.version}`;
  return isShallow
    ? `This shallow clone does not contain ${commit}. Fetch the history with \`git fetch --unshallow\`, or use fetch-depth: 0 in GitHub's checkout action.`
    : `This repository does not contain ${commit}.`;
}

/** The warning when a range is sent although `explainRange` gave a reason. */
export const fallbackWarning = (reason: string, { limit }: CommitRange): string => `${reason} Sending the newest ${limit} commits instead.`;
