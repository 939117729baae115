import { BlobError, type BlobStore, type StagedBlob } from "@landfall/db/blobs/blob-store";
import type { Reader } from "@landfall/db/store";
import type { ReleaseFileView } from "@landfall/schema/artifacts/release-files";
import { REL_WRITE } from "@landfall/schema/scope";
import { and, eq } from "drizzle-orm";
import { type AtRelease, atWholeProjectRelease, atWholeRelease } from "../../access/at-release.ts";
import { AppError } from "../../kernel/app-error.ts";
import type { Context, StorageRoom } from "../../kernel/context.ts";
import { uploadLimits } from "../../kernel/limits.ts";
import { mutationWithPreparation } from "../../kernel/operation.ts";
import { keepBlobs, type KeptBlob, repairOrDiscard, saveBlobRows } from "../../records/artifacts/blobs.ts";
import { fileIdent } from "../../records/artifacts/file-keys.ts";
import { isShownFile, makeRoom } from "../../records/artifacts/release-files.ts";
import { DIST_MAX, FILE_NAME_MAX, UPLOAD_LIMITS, UploadParts } from "../../records/artifacts/uploads.ts";
import { type MutationContext, recordAudit } from "../../records/audit.ts";
import { lockRelease, releaseDeleted } from "../../records/releases.ts";
import { describeReleaseFile, fileConflict } from "./find-file.ts";

/** Adds a file to a release (contract 8.1). Throws `conflict` if the release has a file with this name and dist. */
export const uploadReleaseFile = mutationWithPreparation({
  scope: REL_WRITE,
  at: atWholeRelease,
  limits: uploadLimits(UPLOAD_LIMITS.maxFileSize),
  input: UploadParts,
  prepare: (on, parts) => receiveFile(on, parts),
  run: (on, file) => addFile(on, file),
});

/** The same through one of the release's projects. */
export const uploadProjectReleaseFile = mutationWithPreparation({
  scope: REL_WRITE,
  at: atWholeProjectRelease,
  limits: uploadLimits(UPLOAD_LIMITS.maxFileSize),
  input: UploadParts,
  prepare: (on, parts) => receiveFile(on, parts),
  run: (on, file) => addFile(on, file),
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
    reserved.stored();
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
  if (!release || !(await lockRelease(tx, found))) throw releaseDeleted(found);
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

/** An uploaded file whose bytes are staged. */
type FileForm = {
  readonly staged: StagedBlob;
  readonly name: string;
  readonly dist: string;
  readonly headers: Readonly<Record<string, string>>;
};

/**
 * Reads the form of an uploaded file: writes the file to disk as it arrives, and parses its metadata (contract 8.1). Throws `invalid` with the
 * messages of the wire, and `too_large` beyond the size limit or the quota; nothing stays staged then.
 */
async function readFileForm(blobs: BlobStore, parts: UploadParts, room: StorageRoom): Promise<FileForm> {
  const fields = new Map<string, string[]>();
  let file: { staged: StagedBlob; filename: string; contentType: string } | undefined;
  try {
    for await (const part of parts) {
      if (part.kind === "field") fields.set(part.name, [...(fields.get(part.name) ?? []), part.value]);
      if (part.kind !== "file" || part.name !== "file") continue;
      await file?.staged.discard();
      file = { filename: part.filename, contentType: part.contentType, staged: await stage(blobs, part.bytes, room) };
    }
    if (!file) throw invalid("Missing uploaded file");
    const name = parseName(fields.get("name")?.at(-1) ?? file.filename);
    const dist = parseDist(fields.get("dist")?.at(-1)?.trim() ?? "");
    return { staged: file.staged, name, dist, headers: parseHeaders(file.contentType, fields.get("header") ?? []) };
  } catch (error) {
    await file?.staged.discard();
    throw error;
  }
}

const stage = (blobs: BlobStore, bytes: AsyncIterable<Uint8Array>, room: StorageRoom): Promise<StagedBlob> =>
  blobs.stage(bytes, { limit: Math.min(UPLOAD_LIMITS.maxFileSize, room.bytes) }).catch((error: unknown) => {
    if (!(error instanceof BlobError && error.code === "too_large")) throw error;
    if (room.bytes < UPLOAD_LIMITS.maxFileSize) throw room.exceeded();
    throw new AppError("too_large", `A file may have at most ${UPLOAD_LIMITS.maxFileSize} bytes.`);
  });

const SPECIAL = /[\n\t\r\f\v\\]/;

function parseName(name: string): string {
  if (name === "" || name === "file") throw invalid("File name must be specified");
  if (SPECIAL.test(name.split("/").at(-1) ?? "")) throw invalid("File name must not contain special whitespace characters");
  if (name.length > FILE_NAME_MAX) throw invalid(`File name must have no more than ${FILE_NAME_MAX} characters`);
  if (isUnstorable(name)) throw invalid("File name must not contain null characters");
  return name;
}

function parseDist(dist: string): string {
  if (dist.length > DIST_MAX) throw invalid(`dist must have no more than ${DIST_MAX} characters`);
  if (isUnstorable(dist)) throw invalid("dist must not contain null characters");
  return dist;
}

function parseHeaders(contentType: string, lines: readonly string[]): Record<string, string> {
  const headers = new Map([["Content-Type", contentType]]);
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 0) throw invalid("header value was not formatted correctly");
    const value = line.slice(colon + 1);
    if (SPECIAL.test(value)) throw invalid("header value must not contain special whitespace characters");
    if (isUnstorable(line)) throw invalid("header value must not contain null characters");
    headers.set(line.slice(0, colon), value.trim());
  }
  return Object.fromEntries(headers);
}

const isUnstorable = (text: string): boolean => text.includes("\0") || !text.isWellFormed();

const invalid = (message: string): AppError => new AppError("invalid", message);
