import type { Tx } from "@landfall/db/store";
import { and, eq, inArray, notExists, sql } from "drizzle-orm";

/**
 * Takes bundles from a project; those it was the last project of go, and the ids of their blobs are answered. What was put together for it
 * is put together again when it is asked for again.
 */
export async function unbindBundles(tx: Tx, projectId: number, bundleIds: readonly number[]): Promise<number[]> {
  const { artifactBundles, artifactBundleProjects, assemblies } = tx.tables;
  const ids = [...bundleIds];
  await tx
    .delete(artifactBundleProjects)
    .where(and(eq(artifactBundleProjects.projectId, projectId), inArray(artifactBundleProjects.bundleId, ids)));
  await tx.delete(assemblies).where(inArray(assemblies.bundleId, ids));
  const bound = tx
    .select({ one: sql`1` })
    .from(artifactBundleProjects)
    .where(eq(artifactBundleProjects.bundleId, artifactBundles.id));
  const gone = await tx
    .delete(artifactBundles)
    .where(and(inArray(artifactBundles.id, ids), notExists(bound)))
    .returning({ blobId: artifactBundles.blobId });
  return gone.map((row) => row.blobId);
}
