import { orderCommits } from "@landfall/domain/commits/reported-commit";
import { ReportCommitsInput } from "@landfall/schema/releases/commits";
import { REL_WRITE } from "@landfall/schema/scope";
import { atOrganization } from "../../access/organization-access.ts";
import { COMMIT_LIMITS } from "../../kernel/limits.ts";
import { mutation } from "../../kernel/operation.ts";
import { publishEvent } from "../../records/audit.ts";
import { exceedsOneTransaction, saveCommitsInBatches } from "../../records/save-commits-in-batches.ts";
import { commitWriter, saveCommits } from "../../records/save-commits.ts";

/**
 * Stores commits that are in no release yet. This way clients can send a long list in parts and show progress. A release then refers to the
 * stored commits in one call, so that its list is never incomplete. Sending a commit again changes nothing.
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
