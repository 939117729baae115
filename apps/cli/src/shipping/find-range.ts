import type { Release } from "@landfall/client/create-client";
import { MAX_COMMITS } from "@landfall/schema/constants";
import type { Repository } from "../git/open-repository.ts";

/** The commits a release gets. */
export type CommitRange = {
  /** The commit that was released before; null when the range is simply the newest `most`. */
  readonly since: string | null;
  readonly most: number;
  /** The earlier release the range starts after; without one that could be used, the nearest there is. */
  readonly previous: Release | null;
};

/**
 * What is new since an earlier release: the commits HEAD has and that release's last commit has not. The nearest release whose commit
 * this repository has counts; others may be of another repository, or of a history that was rewritten. Their `ref` is asked first,
 * which `ship` stores: commits are listed by their authors' dates, and the newest of those need not have been HEAD. Without such a
 * release, the newest `depth` commits. Never more than one request may contain.
 */
export async function findRange(repository: Repository, earlier: AsyncIterable<Release>, depth: number): Promise<CommitRange> {
  let nearest: Release | null = null;
  for await (const release of earlier) {
    nearest ??= release;
    for (const sha of [release.ref, release.lastCommit?.id]) {
      const since = sha && SHA.test(sha) ? await repository.findCommit(sha) : null;
      if (since !== null) return { since, most: MAX_COMMITS, previous: release };
    }
  }
  return { since: null, most: Math.min(depth, MAX_COMMITS), previous: nearest };
}

const SHA = /^[0-9a-f]{40,64}$/i;

/** What is odd about a range and how to mend it; null when it is what one would expect. */
export function explainRange({ isShallow }: Pick<Repository, "isShallow">, { since, previous, most }: CommitRange): string | null {
  if (since !== null || previous === null) return null;
  const short = previous.lastCommit?.id.slice(0, 12) ?? "unknown";
  const sent = `The newest ${most} commits are taken instead of those since ${previous.version}`;
  return isShallow
    ? `${sent}: this is a shallow clone, without its last commit ${short}. Fetch the history: \`git fetch --unshallow\`, or fetch-depth: 0 in GitHub's checkout.`
    : `${sent}: its last commit ${short} is not in this repository.`;
}
