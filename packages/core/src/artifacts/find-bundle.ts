import { prepared } from "@landfall/db/prepared";
import type { ArtifactBundleRow, ProjectRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, desc, eq, sql } from "drizzle-orm";

/** The project's bundles that bear this id, the last uploaded first: a bundle made anew from the same files bears the same. */
export const findBundles = async (db: Reader, project: ProjectRow, bundleId: string): Promise<ArtifactBundleRow[]> => {
  const rows = await selectBundles(db, { organizationId: project.organizationId, projectId: project.id, bundleId });
  return rows.map(({ bundle }) => bundle);
};

const selectBundles = prepared((db: Reader) => {
  const { artifactBundles, artifactBundleProjects } = db.tables;
  return db
    .select({ bundle: artifactBundles })
    .from(artifactBundles)
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.bundleId, artifactBundles.id), eq(artifactBundleProjects.projectId, sql.placeholder("projectId"))),
    )
    .where(
      and(eq(artifactBundles.organizationId, sql.placeholder("organizationId")), eq(artifactBundles.bundleId, sql.placeholder("bundleId"))),
    )
    .orderBy(desc(artifactBundles.id))
    .prepare();
});
