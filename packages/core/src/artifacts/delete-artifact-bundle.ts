import type { Tx } from "@landfall/db/store";
import { DeleteArtifactBundleInput } from "@landfall/schema/inputs/artifact-bundle";
import { REL_DELETE } from "@landfall/schema/scope";
import { and, eq, inArray, notExists, sql } from "drizzle-orm";
import { atProject } from "../access/at-project.ts";
import { AppError } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { findBundles } from "./find-bundle.ts";

/** Takes an artifact bundle from a project; the bundle goes with the last of its projects (contract 9.5). Throws 404 for an unknown one. */
export const deleteArtifactBundle = mutation({
  scope: REL_DELETE,
  at: atProject,
  input: DeleteArtifactBundleInput,
  run: async (on, { bundleId }) => {
    const { project } = on.at;
    const bundles = bundleId === undefined ? [] : await findBundles(on.tx, project, bundleId);
    if (bundles.length === 0) throw new AppError("not_found", `Supplied an invalid bundle_id ${bundleId ?? "None"}`, { reason: "error" });
    const ids = bundles.map((bundle) => bundle.id);
    await unbind(on.tx, project.id, ids);
    await removeUnbound(on.tx, ids);
    const { organizationId, slug } = project;
    await recordAudit(on, { organizationId, action: "bundle.delete", target: slug, details: { bundleId } });
  },
});

/** What was put together for the project is to be put together again when it is asked for again. */
async function unbind(tx: Tx, projectId: number, ids: readonly number[]): Promise<void> {
  const { artifactBundleProjects, assemblies } = tx.tables;
  const among = inArray(artifactBundleProjects.bundleId, [...ids]);
  await tx.delete(artifactBundleProjects).where(and(eq(artifactBundleProjects.projectId, projectId), among));
  await tx.delete(assemblies).where(inArray(assemblies.bundleId, [...ids]));
}

async function removeUnbound(tx: Tx, ids: readonly number[]): Promise<void> {
  const { artifactBundles, artifactBundleProjects } = tx.tables;
  const bound = tx
    .select({ one: sql`1` })
    .from(artifactBundleProjects)
    .where(eq(artifactBundleProjects.bundleId, artifactBundles.id));
  await tx.delete(artifactBundles).where(and(inArray(artifactBundles.id, [...ids]), notExists(bound)));
}
