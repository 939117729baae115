import type { Repository } from "../git/open-repository.ts";
import type { CommitRange } from "./find-range.ts";

/** What is odd about a range and how to mend it; null when it is what one would expect. */
export function explainRange({ isShallow }: Pick<Repository, "isShallow">, { since, previous, most }: CommitRange): string | null {
  if (since !== null || previous === null) return null;
  const short = previous.lastCommit?.id.slice(0, 12) ?? "unknown";
  const sent = `The newest ${most} commits are taken instead of those since ${previous.version}`;
  return isShallow
    ? `${sent}: this is a shallow clone, without its last commit ${short}. Fetch the history: \`git fetch --unshallow\`, or fetch-depth: 0 in GitHub's checkout.`
    : `${sent}: its last commit ${short} is not in this repository.`;
}
