import { RELEASE_TEXTS } from "@landfall/schema/constants";
import { UpdateProjectReleaseInput, UpdateReleaseInput } from "@landfall/schema/releases/change-release";
import type { ReleaseView } from "@landfall/schema/releases/releases";
import { REL_WRITE } from "@landfall/schema/scope";
import { type AtRelease, atWholeProjectRelease, atWholeRelease } from "../../access/at-release.ts";
import { findLinks } from "../../access/find-release.ts";
import { COMMIT_LIMITS } from "../../kernel/limits.ts";
import { CommittedFailure, mutation } from "../../kernel/operation.ts";
import { type MutationContext, recordAudit } from "../../records/audit.ts";
import { exceedsOneTransaction, saveCommitsInBatches } from "../../records/save-commits-in-batches.ts";
import { changeRelease, recordFinalized, type ReleaseChanges } from "../../records/releases.ts";
import { applyCommits } from "./apply-commits.ts";
import { describeRelease } from "./describe.ts";

type UpdateContext = MutationContext & { readonly at: AtRelease };

/**
 * Updates a release: finalizes, archives, sets its commits or head commits (contract 4.2). Empty and null values change nothing; `refs: []`
 * removes the commits.
 *
 * @throws `invalid` per field, and for unknown repositories (the steps before are then kept)
 * @throws `conflict` while the commits of the release are being written
 */
export const updateRelease = mutation({
  scope: REL_WRITE,
  at: atWholeRelease,
  limits: COMMIT_LIMITS,
  input: UpdateReleaseInput,
  writeFirst: { isNeeded: exceedsOneTransaction, write: (on, input) => saveCommitsInBatches(on, on.at.access, input) },
  run: (on, input) => applyUpdate(on, input),
});

type Update = ReturnType<typeof UpdateReleaseInput.parse>;

/** Updates a release for the path of the organization, or of a project. */
async function applyUpdate(on: UpdateContext, input: Update, projectId?: number): Promise<ReleaseView | CommittedFailure> {
  const { tx, at } = on;
  const { organizationId } = at.release;
  const changes = requestedChanges(input, at.release);
  const { release: changed, isFinalized } = await changeRelease(tx, at.release, changes);
  if (Object.keys(changes).length > 0) {
    await recordAudit(on, { organizationId, action: "release.update", target: changed.version, details: { ...changes } });
  }
  // Before the refs: if those are invalid the date is stored nevertheless, and a later update would not record it.
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
  return describeRelease(tx, release, { access: at.access, links: at.links, projectId });
}

function requestedChanges(input: Update, release: AtRelease["release"]): ReleaseChanges {
  const { dateReleased, status } = input;
  return {
    ...Object.fromEntries(RELEASE_TEXTS.flatMap((name) => (input[name] ? [[name, input[name]]] : []))),
    ...(dateReleased ? { dateReleased } : {}),
    ...(status !== undefined && (status === "archived") !== release.isArchived ? { isArchived: status === "archived" } : {}),
  };
}

/** Updates a release through one of its projects: without refs, and finalizing is recorded for this project only (contract 5.3). */
export const updateProjectRelease = mutation({
  scope: REL_WRITE,
  at: atWholeProjectRelease,
  limits: COMMIT_LIMITS,
  input: UpdateProjectReleaseInput,
  writeFirst: { isNeeded: exceedsOneTransaction, write: (on, input) => saveCommitsInBatches(on, on.at.access, input) },
  run: (on, input) => applyUpdate(on, input, on.at.project.id),
});
