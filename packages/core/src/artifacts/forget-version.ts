import type { Tx } from "@landfall/db/store";
import { and, eq, inArray, notExists, sql } from "drizzle-orm";

/**
 * What bundles were uploaded for this version they are no longer for; those that were for nothing else go, and their bytes are swept. For a
 * release that is deleted.
 */
export async function forgetVersion(
  tx: Tx,
  { organizationId, version }: { readonly organizationId: number; readonly version: string },
): Promise<void> {
  const { artifactReleases, artifactBundleReleases, artifactBundles } = tx.tables;
  const named = await tx
    .select({ bundleId: artifactBundleReleases.bundleId })
    .from(artifactReleases)
    .innerJoin(artifactBundleReleases, eq(artifactBundleReleases.artifactReleaseId, artifactReleases.id))
    .where(and(eq(artifactReleases.organizationId, organizationId), eq(artifactReleases.version, version)));
  await tx.delete(artifactReleases).where(and(eq(artifactReleases.organizationId, organizationId), eq(artifactReleases.version, version)));
  const ids = [...new Set(named.map((row) => row.bundleId))];
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    const among = inArray(artifactBundles.id, ids.slice(start, start + IDS_AT_ONCE));
    const other = tx
      .select({ one: sql`1` })
      .from(artifactBundleReleases)
      .where(eq(artifactBundleReleases.bundleId, artifactBundles.id));
    await tx.delete(artifactBundles).where(and(among, notExists(other)));
  }
}

const IDS_AT_ONCE = 5000;
