import { ReportCommitsInput } from "@landfall/schema/inputs/commits-of-release";
import { REL_WRITE } from "@landfall/schema/scope";
import { atOrganization } from "../access/at-organization.ts";
import { publishEvent } from "../changes/announce-change.ts";
import { COMMIT_LIMITS } from "../limits.ts";
import { mutation } from "../operation.ts";
import { commitWriter } from "./commit-writer.ts";
import { orderCommits } from "./order-commits.ts";
import { exceedsOneTransaction, saveCommitsInBatches } from "./save-ahead.ts";
import { saveCommits } from "./save-commits.ts";

/**
 * Stores commits that belong to no release yet. A long list is sent in parts this way, with progress; a release then names the stored
 * commits in one call, so that its list is whole or not there. Sending a commit again changes nothing.
 */
export const reportCommits = mutation({
  scope: REL_WRITE,
  at: atOrganization,
  limits: COMMIT_LIMITS,
  input: ReportCommitsInput,
  ahead: { isNeeded: exceedsOneTransaction, write: (on, input) => saveCommitsInBatches(on, on.at.access, input) },
  run: async ({ tx, at: { access }, now, context }, { commits }): Promise<{ stored: number }> => {
    const { stored } = await saveCommits(tx, await commitWriter(tx, access), orderCommits(commits), now);
    publishEvent(tx, context, access.organization.id, "commits.report");
    return { stored: stored.size };
  },
});
