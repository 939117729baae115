import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { BlobError, type StagedBlob } from "@landfall/db/blobs/blob-store";
import { jsonRows, type NewRow } from "@landfall/db/sql/insert-rows";
import { prepared } from "@landfall/db/sql/prepared";
import type { Tx } from "@landfall/db/store";
import type { ChunkOptionsView } from "@landfall/schema/artifacts/uploads";
import { NoInput } from "@landfall/schema/fields/query";
import { REL_READ, REL_WRITE } from "@landfall/schema/scope";
import { sql } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { type AppError, invalidRequest, isAppError } from "../../kernel/app-error.ts";
import type { Context, QuotaOwner, ReservedBytes } from "../../kernel/context.ts";
import { uploadLimits } from "../../kernel/limits.ts";
import { mutationWithPreparation, query } from "../../kernel/operation.ts";
import { keepBlobs, saveBlobRows } from "../../records/artifacts/blobs.ts";
import { isQuotaExceeded } from "../../records/artifacts/storage-quotas.ts";
import { UPLOAD_LIMITS, type UploadPart, UploadParts } from "../../records/artifacts/uploads.ts";

/**
 * Stores chunks of files, each a part named `file` or `file_gzip` whose filename is the sha1 of its content (contract 9.2). Bytes are written
 * to disk as they arrive. All chunks of a request are stored, or none. Throws `invalid` if a limit is exceeded or a checksum does not match.
 */
export const uploadChunks = mutationWithPreparation({
  scope: REL_WRITE,
  at: atOrganization,
  limits: uploadLimits(UPLOAD_LIMITS.maxRequestSize),
  input: UploadParts,
  prepare: async ({ at, context }, parts) => {
    const { organization } = at.access;
    const { staged, reserved } = await stageChunks(context, organization, parts);
    try {
      const kept = await keepBlobs(context, staged);
      reserved.forEach((bytes) => bytes.stored());
      return { organizationId: organization.id, kept };
    } finally {
      reserved.forEach((bytes) => bytes.dropped());
    }
  },
  run: async ({ tx, now, context: { blobs } }, { organizationId, kept }) => {
    const ids = await saveBlobRows(tx, kept, { blobs, now, isChunk: true });
    const rows = kept.map(({ sha256, sha1, size }) => ({ organizationId, sha1, size, blobId: ids.get(sha256) ?? 0, dateLastUsed: now }));
    if (rows.length > 0) await insertChunks(tx, { rows });
  },
});

const CHUNK_COLUMNS = ["organizationId", "sha1", "size", "blobId", "dateLastUsed"] as const;

const insertChunks = prepared((tx: Tx, param: { rows: readonly NewRow<"chunks", typeof CHUNK_COLUMNS>[] }) => {
  const { chunks } = tx.tables;
  return tx
    .insert(chunks)
    .select(jsonRows(tx, tx.tables.chunks, CHUNK_COLUMNS, param.rows))
    .onConflictDoUpdate({ target: [chunks.organizationId, chunks.sha1], set: { dateLastUsed: sql`excluded.date_last_used` } })
    .prepare();
});

type StagedChunks = { readonly staged: readonly StagedBlob[]; readonly reserved: readonly ReservedBytes[] };

async function stageChunks({ blobs, quotas }: Context, organization: QuotaOwner, parts: UploadParts): Promise<StagedChunks> {
  const { chunkSize, chunksPerRequest, maxRequestSize } = UPLOAD_LIMITS;
  const staged: StagedBlob[] = [];
  const reserved: ReservedBytes[] = [];
  let room: number = maxRequestSize;
  try {
    await quotas.roomOf(organization);
    for await (const part of parts) {
      const bytes = bytesOf(part);
      if (part.kind !== "file" || bytes === null) continue;
      if (staged.length === chunksPerRequest) throw invalidRequest("Too many chunks");
      const chunk = await blobs.stage(bytes, { limit: Math.min(chunkSize, room) }).catch((error: unknown) => {
        throw toUploadError(error, part.filename, room < chunkSize);
      });
      staged.push(chunk);
      room -= chunk.size;
      if (chunk.sha1 !== part.filename.toLowerCase()) throw mismatch(part.filename, chunk.sha1);
      reserved.push(await quotas.reserve(organization, chunk.size));
    }
    return { staged, reserved };
  } catch (error) {
    await Promise.all(staged.map((chunk) => chunk.discard()));
    reserved.forEach((bytes) => bytes.dropped());
    throw isAppError(error) && error.code === "too_large" && !isQuotaExceeded(error) ? invalidRequest("Request too large") : error;
  }
}

/** Returns the content of a part, decompressed; null for a part that is not a chunk. */
function bytesOf(part: UploadPart): AsyncIterable<Uint8Array> | null {
  if (part.kind !== "file") return null;
  if (part.name === "file") return part.bytes;
  return part.name === "file_gzip" ? decompressed(part.bytes) : null;
}

async function* decompressed(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip();
  const piped = pipeline(bytes, gunzip);
  // The error is also thrown by the lines below. Until they run, the rejection must not count as unhandled.
  piped.catch(() => undefined);
  yield* gunzip;
  await piped;
}

function toUploadError(error: unknown, filename: string, isRequest: boolean): unknown {
  if (error instanceof BlobError && error.code === "too_large")
    return invalidRequest(isRequest ? "Request too large" : "Chunk size too large");
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (/^Z_|^ERR_BUFFER|^ERR_STREAM_PREMATURE_CLOSE$/.test(code))
    return invalidRequest(`The chunk ${quote(filename)} is not valid gzip data.`);
  return error;
}

const mismatch = (filename: string, sha1: string): AppError =>
  invalidRequest(`Checksum mismatch: the chunk ${quote(filename)} has the sha1 ${sha1}.`);

const quote = (filename: string): string => JSON.stringify(filename.slice(0, 100));

/** Returns the URL and the limits of chunk uploads (contract 9.1). */
export const getChunkOptions = query({
  scope: REL_READ,
  at: atOrganization,
  input: NoInput,
  run: ({ at, context }): Promise<ChunkOptionsView> => {
    const path = `organizations/${at.access.organization.slug}/chunk-upload/`;
    return Promise.resolve({
      url: acceptsRelativeUrl(context.userAgent) ? path : `${context.origin}/api/0/${path}`,
      ...UPLOAD_LIMITS,
      hashAlgorithm: "sha1",
      compression: ["gzip"],
      accept: ["release_files", "artifact_bundles", "artifact_bundles_v2"],
    });
  },
});

/** Whether the client appends the URL to that of the server itself, as sentry-cli does from 1.70.1 until before 2.30.0. */
function acceptsRelativeUrl(userAgent: string | null): boolean {
  const [, ...parts] = /^sentry-cli\/(\d{1,9})\.(\d{1,9})\.(\d{1,9})/.exec(userAgent ?? "") ?? [];
  if (parts.length < 3) return false;
  const [major = 0, minor = 0, patch = 0] = parts.map(Number);
  if (major === 1) return minor > 70 || (minor === 70 && patch >= 1);
  return major === 2 && minor < 30;
}
