import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ArtifactBundleRow, ProjectRow } from "@landfall/db/tables/schema";
import { and, desc, eq } from "drizzle-orm";
import { type AppError, invalidRequest } from "../../kernel/app-error.ts";

/** Returns the project's bundles with this id, the newest first. Bundles of the same files have the same id. */
export const findBundles = async (db: Reader, project: ProjectRow, bundleId: string): Promise<ArtifactBundleRow[]> => {
  const rows = await selectBundles(db, { organizationId: project.organizationId, projectId: project.id, bundleId });
  return rows.map(({ bundle }) => bundle);
};

const selectBundles = prepared((db: Reader, param: { projectId: number; organizationId: number; bundleId: string }) => {
  const { artifactBundles, artifactBundleProjects } = db.tables;
  return db
    .select({ bundle: artifactBundles })
    .from(artifactBundles)
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.bundleId, artifactBundles.id), eq(artifactBundleProjects.projectId, param.projectId)),
    )
    .where(and(eq(artifactBundles.organizationId, param.organizationId), eq(artifactBundles.bundleId, param.bundleId)))
    .orderBy(desc(artifactBundles.id))
    .prepare();
});

/** 400 for a bundle that the project does not have (contract 9.6). */
export const bundleNotFound = (bundleId: string): AppError =>
  invalidRequest(`The artifact bundle with ${bundleId} is not bound to this project or doesn't exist`);
