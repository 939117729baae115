import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { type BundleDeletionPreviewView, DeleteArtifactBundleInput } from "@landfall/schema/artifacts/artifact-bundles";
import { NoInput } from "@landfall/schema/fields/query";
import { REL_DELETE, REL_READ } from "@landfall/schema/scope";
import { and, eq, ne } from "drizzle-orm";
import { atArtifactBundle, atProject } from "../../access/at-project.ts";
import { AppError } from "../../kernel/app-error.ts";
import { mutation, query } from "../../kernel/operation.ts";
import { removeFromProject } from "../../records/artifacts/delete-bundles.ts";
import { selectAssociations } from "../../records/artifacts/describe-bundles.ts";
import { recordAudit } from "../../records/audit.ts";
import { bundleNotFound, findBundles } from "./find-bundles.ts";

/**
 * Removes an artifact bundle from a project, and deletes it if it belongs to no other project (contract 9.5). Throws `not_found` for a bundle
 * that the project does not have.
 */
export const deleteArtifactBundle = mutation({
  scope: REL_DELETE,
  at: atProject,
  input: DeleteArtifactBundleInput,
  run: async (on, { bundleId }) => {
    const { project } = on.at;
    const bundles = bundleId === undefined ? [] : await findBundles(on.tx, project, bundleId);
    if (bundles.length === 0) throw new AppError("not_found", `Supplied an invalid bundle_id ${bundleId ?? "None"}`, { reason: "error" });
    await removeFromProject(
      on.tx,
      project.id,
      bundles.map((bundle) => bundle.id),
    );
    const { organizationId, slug } = project;
    await recordAudit(on, { organizationId, action: "bundle.delete", target: slug, details: { bundleId } });
  },
});

const MAX_RELEASES = 20;

/**
 * Returns what deleting an artifact bundle would remove from a project, and whether the caller may delete it. Throws `invalid` for a bundle that
 * the project does not have.
 */
export const previewBundleDeletion = query({
  scope: REL_READ,
  at: atArtifactBundle,
  input: NoInput,
  run: async ({ db, at: { access, project, bundle: bundleId } }): Promise<BundleDeletionPreviewView> => {
    const bundles = await findBundles(db, project, bundleId);
    if (bundles.length === 0) throw bundleNotFound(bundleId);
    const ids = bundles.map(({ id }) => id);
    const releases = [...new Set((await selectAssociations(db, { ids })).map(({ version }) => version))];
    const others = await selectOtherProjects(db, { ids, projectId: project.id });
    const retained = new Set(others.map((row) => row.bundleId));
    const sizes = await selectSizes(db, { ids });
    const canDelete = REL_DELETE.some((scope) => access.scopes.has(scope));
    return {
      bundles: bundles.length,
      files: bundles.reduce((sum, { fileCount }) => sum + fileCount, 0),
      freed: sizes.filter(({ id }) => !retained.has(id)).reduce((sum, { size }) => sum + size, 0),
      releases: releases.slice(0, MAX_RELEASES),
      keptBy: new Set(others.map((row) => row.projectId)).size,
      canDelete,
      reason: canDelete ? null : `Deleting artifacts requires one of the scopes ${REL_DELETE.join(", ")}.`,
    };
  },
});

const selectOtherProjects = prepared((db: Reader, param: { ids: readonly number[]; projectId: number }) => {
  const { bundleId, projectId } = db.tables.artifactBundleProjects;
  return db
    .select({ bundleId, projectId })
    .from(db.tables.artifactBundleProjects)
    .where(and(anyOf(bundleId, param.ids), ne(projectId, param.projectId)))
    .prepare();
});

const selectSizes = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { artifactBundles, blobs } = db.tables;
  return db
    .select({ id: artifactBundles.id, size: blobs.size })
    .from(artifactBundles)
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(anyOf(artifactBundles.id, param.ids))
    .prepare();
});
