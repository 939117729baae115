import { normalizeDebugId } from "@landfall/artifacts/debug-ids/normalize-debug-id";
import type { Reader } from "@landfall/db/store";
import { and, eq, exists, or, type SQL, sql } from "drizzle-orm";

/** Whether a bundle is what a text names: its id, a debug id in it, a release or a dist it is for. */
export function bundleMatches(db: Reader, text: string): SQL | undefined {
  const { artifactBundles, artifactFiles, artifactBundleReleases, artifactReleases } = db.tables;
  const one = { one: sql`1` };
  const isFor = exists(
    db
      .select(one)
      .from(artifactBundleReleases)
      .innerJoin(artifactReleases, eq(artifactReleases.id, artifactBundleReleases.artifactReleaseId))
      .where(
        and(
          eq(artifactBundleReleases.bundleId, artifactBundles.id),
          or(eq(artifactReleases.version, text), eq(artifactReleases.dist, text)),
        ),
      ),
  );
  const uuid = normalizeDebugId(text);
  if (uuid === null) return isFor;
  const { organizationId, debugId, bundleId } = artifactFiles;
  const holds = db
    .select(one)
    .from(artifactFiles)
    .where(and(eq(organizationId, artifactBundles.organizationId), eq(debugId, uuid), eq(bundleId, artifactBundles.id)));
  return or(eq(artifactBundles.bundleId, uuid), exists(holds), isFor);
}
