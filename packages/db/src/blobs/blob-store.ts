/** Stores the bytes of artifacts by name. Their metadata is in the database. */
export interface BlobStore {
  /**
   * Writes bytes to a temporary file on the local disk and computes their checksums. Throws `too_large` above `limit`, and errors of
   * `bytes`; the temporary file is then removed.
   */
  stage(bytes: AsyncIterable<Uint8Array>, options?: { readonly limit?: number }): Promise<StagedBlob>;
  /** As `stage`, for a local file, which is not changed; file systems with reflinks share its bytes. Throws `missing`. */
  stageCopy(file: string): Promise<StagedBlob>;
  /** Streams the bytes of a blob, or those from `start` up to but not including `end`. Opened at the first read. */
  read(name: string, range?: ByteRange): AsyncIterable<Uint8Array>;
  /** The size of a blob in bytes; null if it is missing. */
  sizeOf(name: string): Promise<number | null>;
  /** The local path of a blob, which may not exist; null if blobs are not files. */
  fileOf(name: string): string | null;
  /** Removes a blob; does nothing if it does not exist. */
  remove(name: string): Promise<void>;
  /** Every blob, in no order. */
  list(): AsyncIterable<StoredBlob>;
  /** Removes staged files from before a moment, which ended processes left. Returns their number. */
  sweepStaged(before: Date): Promise<number>;
  /** The text that names the database these blobs belong to; null if there is none. */
  readLabel(): Promise<string | null>;
  /** Replaces the label in one step. */
  writeLabel(text: string): Promise<void>;
}

export type ByteRange = { readonly start?: number; readonly end?: number };

export type StoredBlob = { readonly name: string; readonly size: number; readonly date: Date };

/** Staged bytes with their checksums in lower-case hex. Must end with `keep`, `keepAs` or `discard`. */
export interface StagedBlob {
  readonly sha256: string;
  readonly sha1: string;
  readonly size: number;
  /** The temporary file. */
  readonly file: string;
  /** Stores them durably as a blob and returns its name, which is new. */
  keep(): Promise<string>;
  /**
   * As `keep`, under an existing name, for restoring a backup. Throws `damaged`, and stores nothing, when the bytes do not match the
   * sha256 in the name.
   */
  keepAs(name: string): Promise<void>;
  discard(): Promise<void>;
}

export type BlobErrorCode = "too_large" | "missing" | "damaged" | "unreachable" | "full";

/** An error of a blob store. */
export class BlobError extends Error {
  readonly code: BlobErrorCode;
  constructor(code: BlobErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "BlobError";
    this.code = code;
  }
}

/** For `catch`: null if a blob is missing; throws any other error. */
export function nullIfMissing(error: unknown): null {
  if (error instanceof BlobError && error.code === "missing") return null;
  throw error;
}

/**
 * A name for bytes with this sha256: `ab/cd…-nonce`. The checksum verifies the content; the nonce makes the name unique, so
 * that removing unreferenced bytes cannot remove the same bytes that were just uploaded again.
 */
export const blobName = (sha256: string, nonce: string): string => `${sha256.slice(0, 2)}/${sha256.slice(2)}-${nonce}`;

/** The sha256 in the name of a blob; null if it is not a blob's name. */
export function sha256OfName(name: string): string | null {
  const [, head, rest] = NAME.exec(name) ?? [];
  return head === undefined || rest === undefined ? null : head + rest;
}

/** Throws `missing` for an invalid name, which must not become part of a path or URL. */
export function assertBlobName(name: string): void {
  if (sha256OfName(name) === null) throw new BlobError("missing", `${JSON.stringify(name)} is not the name of a blob.`);
}

/** The name of the file or object with the label; not a valid blob name. */
export const LABEL = "landfall.json";

const NAME = /^([0-9a-f]{2})\/([0-9a-f]{62})-[0-9a-f]{16}$/;

/** Reads all the bytes of a small stream. */
export async function readWhole(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(Buffer.concat(await Array.fromAsync(parts)));
}

const refuse = (): never => {
  throw new Error("This app was opened without a place for blobs.");
};

/** For applications without artifacts, such as commands for users: every use is a bug, and throws. */
export const noBlobs: BlobStore = {
  stage: refuse,
  stageCopy: refuse,
  read: refuse,
  sizeOf: refuse,
  fileOf: refuse,
  remove: refuse,
  list: refuse,
  sweepStaged: refuse,
  readLabel: refuse,
  writeLabel: refuse,
};
