import { DeleteSourceMapsInput } from "@landfall/schema/inputs/artifact-bundle";
import { REL_DELETE } from "@landfall/schema/scope";
import { atProject } from "../access/at-project.ts";
import { openRelease } from "../access/at-release.ts";
import { AppError, notFound } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { countOwnFiles } from "../artifacts/count-artifacts.ts";
import { dropFiles } from "../artifacts/drop-files.ts";
import { lockRelease } from "../releases/hold-release.ts";

/** Deletes every file and archive of a release, as older clients ask for it (contract 2, row 35; clients 8.6). */
export const deleteSourceMaps = mutation({
  scope: REL_DELETE,
  at: atProject,
  input: DeleteSourceMapsInput,
  run: async (on, { name }) => {
    const { tx, at } = on;
    if (!name) throw new AppError("invalid", "Name the release whose files to delete, in the parameter name.");
    const { release, links } = await openRelease(tx, at.access, name, "every");
    if (!links.some((link) => link.projectId === at.project.id)) throw notFound();
    if (!(await lockRelease(tx, release))) throw notFound();
    const files = await countOwnFiles(tx, release.id);
    await dropFiles(tx, release.id);
    const { organizationId, version } = release;
    await recordAudit(on, { organizationId, action: "file.delete", target: version, details: { files } });
  },
});
