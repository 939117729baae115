import { type ReleaseFileView, RenameReleaseFileInput } from "@landfall/schema/artifacts/release-files";
import { REL_WRITE } from "@landfall/schema/scope";
import { and, eq, ne } from "drizzle-orm";
import { atWholeProjectReleaseFile, atWholeReleaseFile } from "../../access/at-release.ts";
import { AppError } from "../../kernel/app-error.ts";
import { mutation } from "../../kernel/operation.ts";
import { fileIdent } from "../../records/artifacts/file-keys.ts";
import { makeRoom } from "../../records/artifacts/release-files.ts";
import { recordAudit } from "../../records/audit.ts";
import { describeReleaseFile, fileConflict, findReleaseFile, type ReleaseFileMutation } from "./find-file.ts";

/** Renames a single file of a release (contract 8.4). Throws `invalid` for a member of an archive, and `conflict` if the name is taken. */
export const renameReleaseFile = mutation({
  scope: REL_WRITE,
  at: atWholeReleaseFile,
  input: RenameReleaseFileInput,
  run: (on, { name }) => rename(on, name),
});

/** The same through one of the release's projects. */
export const renameProjectReleaseFile = mutation({
  scope: REL_WRITE,
  at: atWholeProjectReleaseFile,
  input: RenameReleaseFileInput,
  run: (on, { name }) => rename(on, name),
});

async function rename(on: ReleaseFileMutation, name: string): Promise<ReleaseFileView> {
  const { tx, at } = on;
  if (!/^\d+$/.test(at.file)) throw new AppError("invalid", "Can only update release files with integer IDs");
  const row = await findReleaseFile(tx, at.release.id, at.file);
  const { releaseFiles } = tx.tables;
  const ident = fileIdent(name, row.dist);
  await makeRoom(tx, { releaseId: row.releaseId, ident });
  const [taken] = await tx
    .select({ id: releaseFiles.id })
    .from(releaseFiles)
    .where(
      and(
        eq(releaseFiles.releaseId, row.releaseId),
        eq(releaseFiles.isMember, false),
        eq(releaseFiles.ident, ident),
        ne(releaseFiles.id, row.id),
      ),
    );
  if (taken) throw fileConflict();
  const [renamed] = await tx
    .update(releaseFiles)
    .set({ name, ident })
    .where(and(eq(releaseFiles.id, row.id), eq(releaseFiles.releaseId, row.releaseId)))
    .returning();
  if (!renamed) throw new Error("a file was not renamed");
  const { organizationId, version } = at.release;
  await recordAudit(on, { organizationId, action: "file.rename", target: version, details: { before: row.name, after: name } });
  return describeReleaseFile(renamed);
}
