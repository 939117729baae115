import { NoInput } from "@landfall/schema/fields/query";
import { REL_DELETE } from "@landfall/schema/scope";
import { and, eq } from "drizzle-orm";
import { atWholeProjectReleaseFile, atWholeReleaseFile } from "../../access/at-release.ts";
import { mutation } from "../../kernel/operation.ts";
import { dropEmptyArchives } from "../../records/artifacts/release-files.ts";
import { recordAudit } from "../../records/audit.ts";
import { findReleaseFile, type ReleaseFileMutation } from "./find-file.ts";

/** Deletes a file of a release. Its bytes are swept when nothing refers to them (contract 8.5). */
export const deleteReleaseFile = mutation({ scope: REL_DELETE, at: atWholeReleaseFile, input: NoInput, run: (on) => deleteFile(on) });

/** The same through one of the release's projects. */
export const deleteProjectReleaseFile = mutation({
  scope: REL_DELETE,
  at: atWholeProjectReleaseFile,
  input: NoInput,
  run: (on) => deleteFile(on),
});

async function deleteFile(on: ReleaseFileMutation): Promise<void> {
  const { tx, at } = on;
  const row = await findReleaseFile(tx, at.release.id, at.file);
  const { releaseFiles } = tx.tables;
  await tx.delete(releaseFiles).where(and(eq(releaseFiles.id, row.id), eq(releaseFiles.releaseId, row.releaseId)));
  // An archive without files is deleted: nothing else refers to it.
  if (row.archiveId !== null) await dropEmptyArchives(tx, eq(tx.tables.releaseArchives.id, row.archiveId));
  const { organizationId, version } = at.release;
  await recordAudit(on, { organizationId, action: "file.delete", target: version, details: { name: row.name, dist: row.dist || null } });
}
