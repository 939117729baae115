import { DeleteArtifactBundleInput } from "@landfall/schema/inputs/artifact-bundle";
import { REL_DELETE } from "@landfall/schema/scope";
import { atProject } from "../access/at-project.ts";
import { AppError } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { findBundles } from "./find-bundle.ts";
import { removeFromProject } from "./unbind-bundles.ts";

/** Takes an artifact bundle from a project; the bundle goes with the last of its projects (contract 9.5). Throws 404 for an unknown one. */
export const deleteArtifactBundle = mutation({
  scope: REL_DELETE,
  at: atProject,
  input: DeleteArtifactBundleInput,
  run: async (on, { bundleId }) => {
    const { project } = on.at;
    const bundles = bundleId === undefined ? [] : await findBundles(on.tx, project, bundleId);
    if (bundles.length === 0) throw new AppError("not_found", `Supplied an invalid bundle_id ${bundleId ?? "None"}`, { reason: "error" });
    await removeFromProject(
      on.tx,
      project.id,
      bundles.map((bundle) => bundle.id),
    );
    const { organizationId, slug } = project;
    await recordAudit(on, { organizationId, action: "bundle.delete", target: slug, details: { bundleId } });
  },
});
