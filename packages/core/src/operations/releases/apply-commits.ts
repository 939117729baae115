import type { ReleaseRow } from "@landfall/db/tables/schema";
import type { CreateReleaseInput } from "@landfall/schema/releases/change-release";
import type { HeadCommitInput, RefInput } from "@landfall/schema/releases/commits";
import type * as z from "zod";
import type { Access } from "../../access/organization-access.ts";
import { CommittedFailure } from "../../kernel/operation.ts";
import { type MutationContext, recordAudit } from "../../records/audit.ts";
import { clearCommits, setCommits, setRefs, unknownRepositories } from "../../records/commit-writing/release-commits.ts";
import { commitWriter } from "../../records/commit-writing/store-commits.ts";

/** What a request says of a release's commits. */
type ReportedCommits = Pick<CreateReleaseInput, "commits" | "refs" | "headCommits">;

/**
 * Takes the commits and head commits a request brings, and answers the release as it is now (contract 3.2, steps 8 and 9; 4.2).
 * Unknown repositories in the refs are a failure that keeps the commits. Where empty refs clear the release, `clears` says so.
 */
export async function applyCommits(
  on: MutationContext,
  access: Access,
  before: ReleaseRow,
  said: ReportedCommits,
  { clears = false } = {},
): Promise<ReleaseRow | CommittedFailure> {
  const { tx, now } = on;
  const { organizationId, version: target } = before;
  const refs = headCommitsOf(said);
  const writer = said.commits?.length || refs.length > 0 ? await commitWriter(tx, access) : null;
  let release = before;
  if (writer && said.commits?.length) {
    release = await setCommits(tx, writer, release, said.commits, now);
    await recordAudit(on, { organizationId, action: "release.set_commits", target, details: { commitCount: release.commitCount } });
  }
  if (writer && refs.length > 0) {
    const refusal = await unknownRepositories(tx, writer, refs);
    if (refusal) return new CommittedFailure(refusal);
    release = await setRefs(tx, writer, release, refs, now);
    const heads = Object.fromEntries(refs.map(({ repository, commit }) => [repository, commit]));
    await recordAudit(on, { organizationId, action: "release.set_refs", target, details: { heads } });
  } else if (clears && said.refs) {
    release = await clearCommits(tx, release);
    await recordAudit(on, { organizationId, action: "release.clear_commits", target });
  }
  return release;
}

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
