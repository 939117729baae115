import type { ReleaseRow } from "@landfall/db/tables/schema";
import type { CreateReleaseInput } from "@landfall/schema/releases/change-release";
import type { HeadCommitInput, RefInput } from "@landfall/schema/releases/commits";
import type * as z from "zod";
import type { Access } from "../../access/organization-access.ts";
import { CommittedFailure } from "../../kernel/operation.ts";
import { type MutationContext, recordAudit } from "../../records/audit.ts";
import { clearCommits, setCommits, setRefs, unknownRepositories } from "../../records/commit-writing/release-commits.ts";
import { commitWriter } from "../../records/commit-writing/store-commits.ts";

/** The commits and head commits of a request. */
type ReportedCommits = Pick<CreateReleaseInput, "commits" | "refs" | "headCommits">;

/**
 * Applies the commits and head commits of a request, and returns the updated release (contract 3.2, steps 8 and 9; 4.2). Unknown
 * repositories in the refs are a failure that keeps the commits. With `clears`, empty refs remove all commits of the release.
 */
export async function applyCommits(
  on: MutationContext,
  access: Access,
  before: ReleaseRow,
  reported: ReportedCommits,
  { clears = false } = {},
): Promise<ReleaseRow | CommittedFailure> {
  const { tx, now } = on;
  const { organizationId, version: target } = before;
  const refs = headCommitsOf(reported);
  const writer = reported.commits?.length || refs.length > 0 ? await commitWriter(tx, access) : null;
  let release = before;
  if (writer && reported.commits?.length) {
    release = await setCommits(tx, writer, release, reported.commits, now);
    await recordAudit(on, { organizationId, action: "release.set_commits", target, details: { commitCount: release.commitCount } });
  }
  if (writer && refs.length > 0) {
    const error = await unknownRepositories(tx, writer, refs);
    if (error) return new CommittedFailure(error);
    release = await setRefs(tx, writer, release, refs, now);
    const heads = Object.fromEntries(refs.map(({ repository, commit }) => [repository, commit]));
    await recordAudit(on, { organizationId, action: "release.set_refs", target, details: { heads } });
  } else if (clears && reported.refs) {
    release = await clearCommits(tx, release);
    await recordAudit(on, { organizationId, action: "release.clear_commits", target });
  }
  return release;
}

type ReportedHeadCommits = {
  readonly refs?: readonly RefInput[] | undefined;
  readonly headCommits?: readonly z.output<typeof HeadCommitInput>[] | undefined;
};

/** Returns the head commits of a request: `refs`, or the older `headCommits` if there are none (contract 3.1). */
export function headCommitsOf({ refs, headCommits }: ReportedHeadCommits): RefInput[] {
  if (refs && refs.length > 0) return [...refs];
  return (headCommits ?? []).map(({ repository, currentId, previousId }) => ({
    repository,
    commit: currentId,
    previousCommit: previousId ?? null,
  }));
}
