import type { ReleaseSummaryView } from "@landfall/schema/views/release-head";
import { shellQuote } from "../../../../../ui/shell-quote.ts";

type CommitFacts = Pick<ReleaseSummaryView, "version" | "commitCount" | "heads">;

/** What clients told in place of commits: the newest one alone, as bundler plugins do. */
export const headsWithoutCommits = ({ commitCount, heads }: Omit<CommitFacts, "version">): CommitFacts["heads"] => (commitCount === 0 ? heads : []);

/** Says of heads that they are all that is known; null for none. */
export function describeHeadCommits(heads: CommitFacts["heads"]): string | null {
  if (heads.length === 0) return null;
  const named = new Intl.ListFormat("en").format(heads.map(({ repository, sha }) => `${sha.slice(0, 10)} in ${repository}`));
  return heads.length === 1
    ? `Its head ${named} is known; the commits up to it were not told.`
    : `Its heads ${named} are known; the commits up to them were not told.`;
}

/** What tells the commits of a release, run in its git folder: with sentry-cli, and with landfall, from where the release before ended. */
export function setCommitsCommands(release: CommitFacts): readonly string[] {
  const word = shellQuote(release.version);
  const heads = headsWithoutCommits(release);
  // By `--auto`, clients that named the head would name it once more.
  const how = heads.length === 0 ? "--auto" : "--local";
  const [head] = heads;
  const from = heads.length === 1 && head?.previousSha ? ` --from ${shellQuote(head.previousSha)}` : "";
  return [`sentry-cli releases set-commits ${word} ${how}`, `landfall releases set-commits ${word}${from}`];
}
