import type { CommitDetailView } from "@landfall/schema/views/commit-detail";

/** How a commit in no release stands among the newer ones of its repository. */
export function describeUnreleased({ unreleased, isCapped }: NonNullable<CommitDetailView["neighbours"]>): string {
  if (unreleased === 0) return "No newer commit of its repository is waiting for one.";
  const commits = unreleased === 1 ? "commit of its repository is" : "commits of its repository are";
  return `${isCapped ? "At least " : ""}${unreleased.toLocaleString("en")} newer ${commits} waiting for one, too.`;
}
