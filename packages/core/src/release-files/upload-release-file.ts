import type { Reader, Tx } from "@landfall/db/store";
import { REL_WRITE } from "@landfall/schema/scope";
import type { ReleaseFileView } from "@landfall/schema/views/release-file";
import { and, eq } from "drizzle-orm";
import { atWholeProjectRelease } from "../access/at-project-release.ts";
import { type AtRelease, atWholeRelease } from "../access/at-release.ts";
import { notFound } from "../app-error.ts";
import { fileIdent } from "../artifacts/artifact-keys.ts";
import { repairOrDiscard, type KeptBlob, keepBlobs, saveBlobRows } from "../artifacts/keep-blobs.ts";
import { UPLOAD_LIMITS } from "../artifacts/upload-limits.ts";
import { UploadParts } from "../artifacts/upload-part.ts";
import { type MutationContext, recordAudit } from "../audit/record-audit.ts";
import type { Context } from "../context.ts";
import { uploadLimits } from "../limits.ts";
import { mutationWithPreparation } from "../operation.ts";
import { describeReleaseFile } from "./describe-release-file.ts";
import { fileConflict } from "./file-exists.ts";
import { type FileForm, readFileForm } from "./read-file-form.ts";
import { makeRoom } from "../artifacts/drop-files.ts";
import { isShownFile } from "../artifacts/shown-files.ts";
import { lockRelease } from "../releases/hold-release.ts";

/** Adds a file to a release (contract 8.1). Throws `conflict` when the release has one of this name and dist. */
export const uploadReleaseFile = mutationWithPreparation({
  scope: REL_WRITE,
  at: atWholeRelease,
  limits: uploadLimits(UPLOAD_LIMITS.maxFileSize),
  input: UploadParts,
  prepare: (on, parts) => receiveFile(on, parts),
  run: (on, taken) => addFile(on, taken),
});

/** The same through one of the release's projects. */
export const uploadProjectReleaseFile = mutationWithPreparation({
  scope: REL_WRITE,
  at: atWholeProjectRelease,
  limits: uploadLimits(UPLOAD_LIMITS.maxFileSize),
  input: UploadParts,
  prepare: (on, parts) => receiveFile(on, parts),
  run: (on, taken) => addFile(on, taken),
});

type ReceivedFile = { readonly release: AtRelease["release"]; readonly form: Omit<FileForm, "staged">; readonly blob: KeptBlob };

async function receiveFile(
  { db, at: { access, release }, context }: { db: Reader; at: AtRelease; context: Context },
  parts: UploadParts,
): Promise<ReceivedFile> {
  const { organization } = access;
  const { staged, ...form } = await readFileForm(context.blobs, parts, await context.quotas.roomOf(organization));
  if (await isNameTaken(db, release.id, form)) {
    await repairOrDiscard(context, staged);
    throw fileConflict();
  }
  const reserved = await context.quotas.reserve(organization, staged.size).catch(async (error: unknown) => {
    await staged.discard();
    throw error;
  });
  try {
    const [blob] = await keepBlobs(context, [staged]);
    if (!blob) throw new Error("a file was not kept");
    reserved.kept();
    return { release, form, blob };
  } finally {
    reserved.dropped();
  }
}

async function isNameTaken(db: Reader, releaseId: number, { name, dist }: { name: string; dist: string }): Promise<boolean> {
  const { releaseFiles } = db.tables;
  const [found] = await db
    .select({ id: releaseFiles.id })
    .from(releaseFiles)
    .where(
      and(
        eq(releaseFiles.releaseId, releaseId),
        eq(releaseFiles.isMember, false),
        eq(releaseFiles.ident, fileIdent(name, dist)),
        isShownFile(db),
      ),
    );
  return found !== undefined;
}

async function addFile(on: MutationContext, { release: found, form, blob }: ReceivedFile): Promise<ReleaseFileView> {
  const { tx, now, context } = on;
  const { id, organizationId, version } = found;
  const { releases, releaseFiles } = tx.tables;
  const [release] = await tx
    .select({ id: releases.id })
    .from(releases)
    .where(and(eq(releases.id, id), eq(releases.organizationId, organizationId)));
  if (!release || !(await lockRelease(tx, found))) throw notFound();
  const ident = fileIdent(form.name, form.dist);
  await makeRoom(tx, { releaseId: id, ident });
  const ids = await saveBlobRows(tx, [blob], { blobs: context.blobs, now });
  const [row] = await tx
    .insert(releaseFiles)
    .values({
      ...form,
      releaseId: id,
      ident,
      size: blob.size,
      sha1: blob.sha1,
      blobId: ids.get(blob.sha256) ?? 0,
      dateCreated: now,
    })
    .onConflictDoNothing()
    .returning();
  if (!row) throw fileConflict();
  const details = { name: form.name, dist: form.dist || null, size: blob.size };
  await recordAudit(on, { organizationId, action: "file.upload", target: version, details });
  return describeReleaseFile(row);
}
