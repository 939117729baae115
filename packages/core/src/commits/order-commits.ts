import type { CommitInput } from "@landfall/schema/inputs/commit";

/** A message that contains this keeps its commit out of releases (contract 14.1). */
export const SKIP_MARKER = "#skipsentry";

export const isSkipped = ({ message }: CommitInput): boolean => message?.includes(SKIP_MARKER) ?? false;

/**
 * The commits of a list in stored order: newest timestamp first, those without one last, ties as sent; commits whose message
 * says `#skipsentry` are left out (contract 14.1, 19).
 */
export function orderCommits(commits: readonly CommitInput[]): CommitInput[] {
  const time = ({ timestamp }: CommitInput) => timestamp?.getTime() ?? Number.NEGATIVE_INFINITY;
  return commits.filter((commit) => !isSkipped(commit)).toSorted((a, b) => compareTimes(time(b), time(a)));
}

/** Subtracting would answer NaN for two missing timestamps. */
const compareTimes = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
