import { BlobError, type BlobStore, type StagedBlob } from "@landfall/db/blobs/blob-store";
import { AppError } from "../app-error.ts";
import { FILE_NAME_MAX } from "../artifacts/file-name.ts";
import type { UploadParts } from "../artifacts/upload-part.ts";
import { UPLOAD_LIMITS } from "../artifacts/upload-limits.ts";
import type { StorageRoom } from "../context.ts";

/** A file as it was uploaded, its bytes taken in. */
export type FileForm = {
  readonly staged: StagedBlob;
  readonly name: string;
  readonly dist: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** The most characters of a dist (contract 8.1). */
const DIST_MAX = 64;

/**
 * Reads the form a file is uploaded in: the file to the disk as it arrives, then its metadata (contract 8.1). Throws `invalid` with the
 * wire's messages, and `too_large` beyond the size limit or the room that is left; nothing is stored then.
 */
export async function readFileForm(blobs: BlobStore, parts: UploadParts, room: StorageRoom): Promise<FileForm> {
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
    throw new AppError("too_large", `A file has at most ${UPLOAD_LIMITS.maxFileSize} bytes.`);
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
