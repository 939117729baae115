import { orderCommits } from "@landfall/domain/commits/reported-commit";
import { ReportCommitsInput } from "@landfall/schema/releases/commits";
import { REL_WRITE } from "@landfall/schema/scope";
import { atOrganization } from "../../access/organization-access.ts";
import { publishEvent } from "../../kernel/events.ts";
import { COMMIT_LIMITS } from "../../kernel/limits.ts";
import { mutation } from "../../kernel/operation.ts";
import { exceedsOneTransaction, saveCommits, saveCommitsInBatches } from "../../records/commit-writing/save-commits.ts";
import { commitWriter } from "../../records/commit-writing/store-commits.ts";

/**
 * Stores commits that belong to no release yet. A long list is sent in parts this way, with progress; a release then names the stored
 * commits in one call, so that its list is whole or not there. Sending a commit again changes nothing.
 */
export const reportCommits = mutation({
  scope: REL_WRITE,
  at: atOrganization,
  limits: COMMIT_LIMITS,
  input: ReportCommitsInput,
  writeFirst: { isNeeded: exceedsOneTransaction, write: (on, input) => saveCommitsInBatches(on, on.at.access, input) },
  run: async ({ tx, at: { access }, now, context }, { commits }): Promise<{ stored: number }> => {
    const { stored } = await saveCommits(tx, await commitWriter(tx, access), orderCommits(commits), now);
    publishEvent(tx, context, access.organization.id, "commits.report");
    return { stored: stored.size };
  },
});
