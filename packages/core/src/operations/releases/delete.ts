import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { NoInput } from "@landfall/schema/fields/query";
import type { DeletionPreviewView } from "@landfall/schema/releases/change-release";
import { REL_DELETE, REL_READ } from "@landfall/schema/scope";
import { and, eq } from "drizzle-orm";
import { type AtRelease, atRelease, atWholeProjectRelease, atWholeRelease } from "../../access/at-release.ts";
import { type ProjectReach, reachableProjects, reaches } from "../../access/project-reach.ts";
import { notFound } from "../../kernel/app-error.ts";
import { mutation, query } from "../../kernel/operation.ts";
import { deleteVersionArtifacts } from "../../records/artifacts/delete-bundles.ts";
import { dropFiles, giveUpStaged } from "../../records/artifacts/release-files.ts";
import { type MutationContext, recordAudit } from "../../records/audit.ts";
import { findDeploysWithRelease } from "../../records/deploys.ts";
import { findReleasePlaces } from "../../records/environments/latest-deploys.ts";

type On = MutationContext & { readonly at: AtRelease };

/** Deletes a release with its deploys, commit links, files and artifacts; the commits and repositories stay (contract 4.3). */
export const deleteRelease = mutation({
  scope: REL_DELETE,
  at: atWholeRelease,
  input: NoInput,
  run: (on) => removeRelease(on),
});

/** What `deleteRelease` does, for both the organization's and a project's path. Throws 404 when somebody else was faster. */
async function removeRelease(on: On): Promise<void> {
  const { tx, at } = on;
  const { releases } = tx.tables;
  const { id, organizationId, version, commitCount, deployCount } = at.release;
  const gone = await tx
    .delete(releases)
    .where(and(eq(releases.id, id), eq(releases.organizationId, organizationId)))
    .returning({ id: releases.id });
  if (gone.length === 0) throw notFound();
  await dropFiles(tx, id);
  await giveUpStaged(tx, id);
  await deleteVersionArtifacts(tx, { organizationId, version });
  const projects = at.links.map((link) => link.slug);
  await recordAudit(on, { organizationId, action: "release.delete", target: version, details: { projects, commitCount, deployCount } });
}

/** Deletes a release through one of its projects: the whole of it, for every project (contract 5.3). */
export const deleteProjectRelease = mutation({
  scope: REL_DELETE,
  at: atWholeProjectRelease,
  input: NoInput,
  run: (on) => removeRelease(on),
});

/**
 * What deleting a release would take with it, and whether the caller may do so, else why not. Environments are those the release is
 * what was deployed last to, in some project within the caller's reach.
 */
export const previewDeletion = query({
  scope: REL_READ,
  at: atRelease,
  input: NoInput,
  run: async ({ db, at }): Promise<DeletionPreviewView> => {
    const { release, links, access } = at;
    const reach = await reachableProjects(db, access);
    const isWhole = links.every((link) => reaches(reach, link.projectId));
    const [notes] = await selectNotes(db, { releaseId: release.id });
    const reason = refusalReason(access.scopes, isWhole);
    return {
      projects: links.map(({ projectId, slug, name }) => ({ id: String(projectId), slug, name })),
      commits: release.commitCount,
      deploys: release.deployCount,
      environments: await findCurrentEnvironments(db, at, reach),
      notes: notes !== undefined,
      canDelete: reason === null,
      reason,
    };
  },
});

/** In words, what `deleteRelease` refuses this caller for. */
function refusalReason(scopes: AtRelease["access"]["scopes"], isWhole: boolean): string | null {
  if (!REL_DELETE.some((scope) => scopes.has(scope))) {
    return `Deleting a release needs one of the scopes ${REL_DELETE.join(", ")}, and you have none of them here.`;
  }
  return isWhole ? null : "Some of its projects are out of your reach. Whoever deletes a release must reach all of them.";
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
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, places]) => ({ name, projects: places.flatMap(({ projectId }) => slugs.get(projectId) ?? []).toSorted() }));
}

const selectNotes = prepared((db: Reader, param: { releaseId: number }) => {
  const { releaseNotes } = db.tables;
  return db.select({ releaseId: releaseNotes.releaseId }).from(releaseNotes).where(eq(releaseNotes.releaseId, param.releaseId)).prepare();
});
