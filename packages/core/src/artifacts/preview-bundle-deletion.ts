import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { NoInput } from "@landfall/schema/inputs/nothing";
import { REL_DELETE, REL_READ } from "@landfall/schema/scope";
import type { BundleDeletionPreviewView } from "@landfall/schema/views/bundle-line";
import { and, eq, ne, sql } from "drizzle-orm";
import { atArtifactBundle } from "../access/at-artifact-bundle.ts";
import { query } from "../operation.ts";
import { selectAssociations } from "./describe-bundles.ts";
import { findBundles } from "./find-bundle.ts";
import { bundleNotFound } from "./not-bound.ts";

const MAX_RELEASES = 20;

/** What deleting an artifact bundle would take from a project, and whether the caller may. Throws `invalid` for one that is not the project's. */
export const previewBundleDeletion = query({
  scope: REL_READ,
  at: atArtifactBundle,
  input: NoInput,
  run: async ({ db, at: { access, project, bundle: bundleId } }): Promise<BundleDeletionPreviewView> => {
    const bundles = await findBundles(db, project, bundleId);
    if (bundles.length === 0) throw bundleNotFound(bundleId);
    const named = { ids: JSON.stringify(bundles.map(({ id }) => id)) };
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

const selectOthers = prepared((db: Reader) => {
  const { bundleId, projectId } = db.tables.artifactBundleProjects;
  return db
    .select({ bundleId, projectId })
    .from(db.tables.artifactBundleProjects)
    .where(and(anyOf(bundleId, "ids"), ne(projectId, sql.placeholder("projectId"))))
    .prepare();
});

const selectSizes = prepared((db: Reader) => {
  const { artifactBundles, blobs } = db.tables;
  return db
    .select({ id: artifactBundles.id, size: blobs.size })
    .from(artifactBundles)
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(anyOf(artifactBundles.id, "ids"))
    .prepare();
});
