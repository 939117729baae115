import type { Reader } from "@landfall/db/store";
import { NoInput } from "@landfall/schema/fields/query";
import type { DeletionPreviewView } from "@landfall/schema/releases/change-release";
import { REL_DELETE, REL_READ } from "@landfall/schema/scope";
import { and, eq } from "drizzle-orm";
import { type AtRelease, atRelease, atWholeProjectRelease, atWholeRelease } from "../../access/at-release.ts";
import { type ProjectReach, reachableProjects, reachesEvery } from "../../access/project-reach.ts";
import { mutation, query } from "../../kernel/operation.ts";
import { deleteVersionArtifacts } from "../../records/artifacts/delete-bundles.ts";
import { dropFiles, abandonStagedArchives } from "../../records/artifacts/release-files.ts";
import { type MutationContext, recordAudit } from "../../records/audit.ts";
import { briefLinkedProjects } from "../../records/briefs.ts";
import { findDeploysWithRelease } from "../../records/deploys.ts";
import { findReleasePlaces } from "../../records/environments/latest-deploys.ts";
import { findNotesExcerpt } from "../../records/release-notes.ts";
import { releaseDeleted } from "../../records/releases.ts";

type DeletionContext = MutationContext & { readonly at: AtRelease };

/** Deletes a release with its deploys, commit links, files, and artifacts. Commits and repositories remain (contract 4.3). */
export const deleteRelease = mutation({
  scope: REL_DELETE,
  at: atWholeRelease,
  input: NoInput,
  run: (on) => removeRelease(on),
});

/** Deletes a release for the path of the organization, or of a project. Throws 404 if it was deleted concurrently. */
async function removeRelease(on: DeletionContext): Promise<void> {
  const { tx, at } = on;
  const { releases } = tx.tables;
  const { id, organizationId, version, commitCount, deployCount } = at.release;
  const deleted = await tx
    .delete(releases)
    .where(and(eq(releases.id, id), eq(releases.organizationId, organizationId)))
    .returning({ id: releases.id });
  if (deleted.length === 0) throw releaseDeleted(at.release);
  await dropFiles(tx, id);
  await abandonStagedArchives(tx, id);
  await deleteVersionArtifacts(tx, { organizationId, version });
  const projects = at.links.map((link) => link.slug);
  await recordAudit(on, { organizationId, action: "release.delete", target: version, details: { projects, commitCount, deployCount } });
}

/** Deletes a release through one of its projects, for all of its projects (contract 5.3). */
export const deleteProjectRelease = mutation({
  scope: REL_DELETE,
  at: atWholeProjectRelease,
  input: NoInput,
  run: (on) => removeRelease(on),
});

/**
 * Returns what deleting a release would delete, and whether the caller may delete it, else the reason. Environments are those where the
 * release is current in a project within the caller's reach.
 */
export const previewDeletion = query({
  scope: REL_READ,
  at: atRelease,
  input: NoInput,
  run: async ({ db, at }): Promise<DeletionPreviewView> => {
    const { release, links, access } = at;
    const reach = await reachableProjects(db, access);
    const reason = refusalReason(access.scopes, reachesEvery(reach, links));
    const notes = await findNotesExcerpt(db, release.id);
    return {
      projects: briefLinkedProjects(links),
      commits: release.commitCount,
      deploys: release.deployCount,
      environments: await findCurrentEnvironments(db, at, reach),
      notes: notes !== null,
      canDelete: reason === null,
      reason,
    };
  },
});

/** Returns why `deleteRelease` would fail for this caller, as a sentence; null if it would not. */
function refusalReason(scopes: AtRelease["access"]["scopes"], reachesProjects: boolean): string | null {
  if (!REL_DELETE.some((scope) => scopes.has(scope))) {
    return `Deleting a release requires one of the scopes ${REL_DELETE.join(", ")}.`;
  }
  return reachesProjects ? null : "Deleting a release requires access to all of its projects.";
}

async function findCurrentEnvironments(
  db: Reader,
  { release, links }: AtRelease,
  reach: ProjectReach,
): Promise<DeletionPreviewView["environments"]> {
  const current = (await findReleasePlaces(db, release.id, reach)).filter(({ isCurrent }) => isCurrent);
  const deploys = await findDeploysWithRelease(
    db,
    current.map(({ deployId }) => deployId),
  );
  const slugs = new Map(links.map((link) => [link.projectId, link.slug]));
  const byName = Map.groupBy(current, ({ deployId }) => deploys.get(deployId)?.view.environment ?? "");
  return [...byName]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, places]) => ({ name, projects: places.flatMap(({ projectId }) => slugs.get(projectId) ?? []).toSorted() }));
}
