import type { Tx } from "@landfall/db/store";
import { UpdateReleaseInput } from "@landfall/schema/inputs/release";
import { REL_WRITE } from "@landfall/schema/scope";
import type { ReleaseView } from "@landfall/schema/views/release";
import { type AtRelease, atWholeRelease } from "../access/at-release.ts";
import { type MutationContext, recordAudit } from "../audit/record-audit.ts";
import { COMMIT_LIMITS } from "../limits.ts";
import { exceedsOneTransaction, saveCommitsInBatches } from "../commits/save-ahead.ts";
import { CommittedFailure, mutation } from "../operation.ts";
import { changeRelease, type ReleaseChanges } from "./change-release.ts";
import { describeRelease } from "./describe-releases.ts";
import { findLinks } from "./find-release.ts";
import { recordFinalized } from "./record-finalized.ts";
import { applyCommits } from "./take-commits.ts";

type On = MutationContext & { readonly at: AtRelease };

/**
 * Changes a release: finalizes, archives, sets its commits or head commits (contract 4.2). Empty and null values change nothing;
 * `refs: []` clears the commits. Throws `invalid` per field and for unknown repositories (what came before is then kept),
 * `conflict` while its commits are being written.
 */
export const updateRelease = mutation({
  scope: REL_WRITE,
  at: atWholeRelease,
  limits: COMMIT_LIMITS,
  input: UpdateReleaseInput,
  ahead: { isNeeded: exceedsOneTransaction, write: (on, input) => saveCommitsInBatches(on, on.at.access, input) },
  run: (on, input) => applyUpdate(on, input),
});

type Update = ReturnType<typeof UpdateReleaseInput.parse>;

/** What `updateRelease` does, for both the organization's and a project's path. */
export async function applyUpdate(on: On, input: Update, projectId?: number): Promise<ReleaseView | CommittedFailure> {
  const { tx, at } = on;
  const { organizationId } = at.release;
  const changes = requestedChanges(input, at.release);
  const { release: changed, isFinalized } = await changeRelease(tx, at.release, changes);
  if (Object.keys(changes).length > 0) {
    await recordAudit(on, { organizationId, action: "release.update", target: changed.version, details: { ...changes } });
  }
  // Before the refs: when those are refused the date is kept, and nobody would be told of it later.
  if (isFinalized) {
    const links = projectId === undefined ? await findLinks(tx, changed.id) : [{ projectId }];
    await recordFinalized(
      tx,
      changed,
      links.map((link) => link.projectId),
    );
  }
  const release = await applyCommits(on, at.access, changed, input, { clears: true });
  if (release instanceof CommittedFailure) return release;
  return describeRelease(tx, release, { access: at.access, links: at.links, ...(projectId === undefined ? {} : { projectId }) });
}

function requestedChanges({ ref, url, dateReleased, status }: Update, release: AtRelease["release"]): ReleaseChanges {
  return {
    ...(ref ? { ref } : {}),
    ...(url ? { url } : {}),
    ...(dateReleased ? { dateReleased } : {}),
    ...(status !== undefined && (status === "archived") !== release.isArchived ? { isArchived: status === "archived" } : {}),
  };
}
