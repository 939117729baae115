import { DeleteSourceMapsInput } from "@landfall/schema/inputs/artifact-bundle";
import { REL_DELETE } from "@landfall/schema/scope";
import { eq } from "drizzle-orm";
import { atProject } from "../access/at-project.ts";
import { openRelease } from "../access/at-release.ts";
import { AppError, notFound } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";

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
    const { releaseFiles, releaseArchives } = tx.tables;
    const gone = await tx.delete(releaseFiles).where(eq(releaseFiles.releaseId, release.id)).returning({ id: releaseFiles.id });
    await tx.delete(releaseArchives).where(eq(releaseArchives.releaseId, release.id));
    const { organizationId, version } = release;
    await recordAudit(on, { organizationId, action: "file.delete", target: version, details: { files: gone.length } });
  },
});
