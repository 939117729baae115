import type { RefInput, HeadCommitInput } from "@landfall/schema/inputs/commit";
import type * as z from "zod";

type ReportedHeadCommits = {
  readonly refs?: readonly RefInput[] | undefined;
  readonly headCommits?: readonly z.output<typeof HeadCommitInput>[] | undefined;
};

/** The head commits a request names: `refs`, or the older `headCommits` when there are none (contract 3.1). */
export function headCommitsOf({ refs, headCommits }: ReportedHeadCommits): RefInput[] {
  if (refs && refs.length > 0) return [...refs];
  return (headCommits ?? []).map(({ repository, currentId, previousId }) => ({
    repository,
    commit: currentId,
    previousCommit: previousId ?? null,
  }));
}
