import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ArtifactBundleRow } from "@landfall/db/tables/schema";
import type { ArtifactBundleView } from "@landfall/schema/artifacts/artifact-bundles";
import { asc, eq } from "drizzle-orm";

/** Returns the views of bundles, with the versions and dists they were uploaded for (contract 9.5). Runs one statement. */
export async function describeBundles(db: Reader, rows: readonly ArtifactBundleRow[]): Promise<ArtifactBundleView[]> {
  const links = rows.length === 0 ? [] : await selectAssociations(db, { ids: rows.map((row) => row.id) });
  const byBundle = Map.groupBy(links, (link) => link.bundleId);
  return rows.map(({ id, bundleId, fileCount, dateCreated, dateModified }) => ({
    bundleId,
    associations: (byBundle.get(id) ?? []).map(({ version, dist }) => ({ release: version, dist: dist || null })),
    fileCount,
    dateModified: dateModified && seconds(dateModified),
    date: seconds(dateCreated),
  }));
}

/** An ISO 8601 date without fractions of a second (contract 9.5). */
const seconds = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** The versions and dists of bundles. */
export const selectAssociations = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { artifactBundleReleases, artifactReleases } = db.tables;
  return db
    .select({ bundleId: artifactBundleReleases.bundleId, version: artifactReleases.version, dist: artifactReleases.dist })
    .from(artifactBundleReleases)
    .innerJoin(artifactReleases, eq(artifactReleases.id, artifactBundleReleases.artifactReleaseId))
    .where(anyOf(artifactBundleReleases.bundleId, param.ids))
    .orderBy(asc(artifactReleases.version), asc(artifactReleases.dist))
    .prepare();
});
