import type { Tx } from "@landfall/db/store";
import { RenameReleaseFileInput } from "@landfall/schema/inputs/release-file";
import { REL_WRITE } from "@landfall/schema/scope";
import type { ReleaseFileView } from "@landfall/schema/views/release-file";
import { and, eq, ne } from "drizzle-orm";
import { type AtReleaseFile, atWholeProjectReleaseFile, atWholeReleaseFile } from "../access/at-release-file.ts";
import { AppError } from "../app-error.ts";
import { fileIdent } from "../artifacts/artifact-keys.ts";
import { type MutationContext, recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { describeReleaseFile } from "./describe-release-file.ts";
import { fileConflict } from "./file-exists.ts";
import { findReleaseFile } from "./find-release-file.ts";
import { makeRoom } from "../artifacts/drop-files.ts";

type On = MutationContext & { readonly at: AtReleaseFile };

/** Gives a file of a release another name (contract 8.4). What came in an archive keeps its name. */
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

async function rename(on: On, name: string): Promise<ReleaseFileView> {
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
