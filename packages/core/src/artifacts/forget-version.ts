import type { Tx } from "@landfall/db/store";
import { and, eq, inArray, notExists, sql } from "drizzle-orm";
import { deleteArtifactReleases, deleteBundles } from "./hidden-bundles.ts";

const IDS_AT_ONCE = 5000;

/**
 * What bundles were uploaded for this version they are no longer for; those that were for nothing else go, and their bytes are swept. For a
 * release that is deleted.
 */
export async function deleteVersionArtifacts(
  tx: Tx,
  { organizationId, version }: { readonly organizationId: number; readonly version: string },
): Promise<void> {
  const { artifactReleases, artifactBundleReleases, artifactBundles } = tx.tables;
  const named = await tx
    .select({ id: artifactReleases.id, bundleId: artifactBundleReleases.bundleId })
    .from(artifactReleases)
    .leftJoin(artifactBundleReleases, eq(artifactBundleReleases.artifactReleaseId, artifactReleases.id))
    .where(and(eq(artifactReleases.organizationId, organizationId), eq(artifactReleases.version, version)));
  if (named.length === 0) return;
  await deleteArtifactReleases(tx, [...new Set(named.map((row) => row.id))]);
  const ids = [...new Set(named.flatMap((row) => row.bundleId ?? []))];
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    const other = tx
      .select({ one: sql`1` })
      .from(artifactBundleReleases)
      .where(eq(artifactBundleReleases.bundleId, artifactBundles.id));
    const without = await tx
      .select({ id: artifactBundles.id })
      .from(artifactBundles)
      .where(and(inArray(artifactBundles.id, ids.slice(start, start + IDS_AT_ONCE)), notExists(other)));
    await deleteBundles(
      tx,
      without.map((row) => row.id),
    );
  }
}
