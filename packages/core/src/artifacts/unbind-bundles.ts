import type { Tx } from "@landfall/db/store";
import { and, eq, inArray, not } from "drizzle-orm";
import { deleteBundles, belongsToProject } from "./hidden-bundles.ts";

/**
 * Takes bundles from a project. Those without another project are deleted, and the ids of their blobs are returned. What was assembled for
 * them is assembled again on the next request.
 */
export async function removeFromProject(tx: Tx, projectId: number, bundleIds: readonly number[]): Promise<number[]> {
  const { artifactBundles, artifactBundleProjects, assemblies } = tx.tables;
  const ids = [...bundleIds];
  await tx
    .delete(artifactBundleProjects)
    .where(and(eq(artifactBundleProjects.projectId, projectId), inArray(artifactBundleProjects.bundleId, ids)));
  await tx.delete(assemblies).where(inArray(assemblies.bundleId, ids));
  const unbound = await tx
    .select({ id: artifactBundles.id })
    .from(artifactBundles)
    .where(and(inArray(artifactBundles.id, ids), not(belongsToProject(tx))));
  return deleteBundles(
    tx,
    unbound.map((row) => row.id),
  );
}
