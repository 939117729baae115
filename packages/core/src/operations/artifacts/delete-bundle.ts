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

/** Takes an artifact bundle from a project; the bundle goes with the last of its projects (contract 9.5). Throws 404 for an unknown one. */
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

/** What deleting an artifact bundle would take from a project, and whether the caller may. Throws `invalid` for one that is not the project's. */
export const previewBundleDeletion = query({
  scope: REL_READ,
  at: atArtifactBundle,
  input: NoInput,
  run: async ({ db, at: { access, project, bundle: bundleId } }): Promise<BundleDeletionPreviewView> => {
    const bundles = await findBundles(db, project, bundleId);
    if (bundles.length === 0) throw bundleNotFound(bundleId);
    const named = { ids: bundles.map(({ id }) => id) };
    const releases = [...new Set((await selectAssociations(db, named)).map(({ version }) => version))];
    const others = await selectOthers(db, { ...named, projectId: project.id });
    const kept = new Set(others.map((row) => row.bundleId));
    const sizes = await selectSizes(db, named);
    const mayDelete = REL_DELETE.some((scope) => access.scopes.has(scope));
    return {
      bundles: bundles.length,
      files: bundles.reduce((sum, { fileCount }) => sum + fileCount, 0),
      freed: sizes.filter(({ id }) => !kept.has(id)).reduce((sum, { size }) => sum + size, 0),
      releases: releases.slice(0, MAX_RELEASES),
      keptBy: new Set(others.map((row) => row.projectId)).size,
      canDelete: mayDelete,
      reason: mayDelete ? null : `Deleting artifacts needs one of the scopes ${REL_DELETE.join(", ")}, and you have none of them here.`,
    };
  },
});

const selectOthers = prepared((db: Reader, param: { ids: readonly number[]; projectId: number }) => {
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
