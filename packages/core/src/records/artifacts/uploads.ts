import * as z from "zod";

/** One part of an upload, in the order they arrive. The bytes of a file are only there until the next part is asked for. */
export type UploadPart =
  | { readonly kind: "field"; readonly name: string; readonly value: string }
  | {
      readonly kind: "file";
      readonly name: string;
      readonly filename: string;
      readonly contentType: string;
      readonly bytes: AsyncIterable<Uint8Array>;
    };

/** The parts of an upload, as an adapter reads them while they arrive. */
export type UploadParts = AsyncIterable<UploadPart>;

/** The input of operations that take an upload. */
export const UploadParts = z.custom<UploadParts>((value) => typeof value === "object" && value !== null && Symbol.asyncIterator in value);

/** What uploads are held to, as told to clients (contract 9.1). Sizes in bytes, before compression. */
export const UPLOAD_LIMITS = {
  chunkSize: 8 * 1024 * 1024,
  chunksPerRequest: 64,
  maxRequestSize: 32 * 1024 * 1024,
  maxFileSize: 2 * 1024 * 1024 * 1024,
  concurrency: 8,
} as const;

/** The most characters of a release file's name: as many as both databases take into an index. */
export const FILE_NAME_MAX = 500;
