import * as z from "zod";

/** One part of an upload, in the order of arrival. The bytes of a file can only be read before the next part is requested. */
export type UploadPart =
  | { readonly kind: "field"; readonly name: string; readonly value: string }
  | {
      readonly kind: "file";
      readonly name: string;
      readonly filename: string;
      readonly contentType: string;
      readonly bytes: AsyncIterable<Uint8Array>;
    };

/** The parts of an upload, read while they arrive. */
export type UploadParts = AsyncIterable<UploadPart>;

/** The input of upload operations. */
export const UploadParts = z.custom<UploadParts>((value) => typeof value === "object" && value !== null && Symbol.asyncIterator in value);

/** The limits of uploads, which are reported to clients (contract 9.1). Sizes are in bytes, before compression. */
export const UPLOAD_LIMITS = {
  chunkSize: 8 * 1024 * 1024,
  chunksPerRequest: 64,
  maxRequestSize: 32 * 1024 * 1024,
  maxFileSize: 2 * 1024 * 1024 * 1024,
  concurrency: 8,
} as const;

/** The most characters of a release file's name that an index of both databases can contain. */
export const FILE_NAME_MAX = 500;

/** The most characters of a dist (contract 8.1). */
export const DIST_MAX = 64;
