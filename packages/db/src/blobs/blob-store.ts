/** Where the bytes of artifacts are kept. Rows say what they are; a blob store knows only names and bytes. */
export interface BlobStore {
  /**
   * Takes bytes in, onto this machine's disk, while their checksums are made. Nothing is kept yet. Throws `too_large` once there are
   * more than `limit`, and what `bytes` throws; then nothing of them is left.
   */
  stage(bytes: AsyncIterable<Uint8Array>, options?: { readonly limit?: number }): Promise<StagedBlob>;
  /** As `stage`, of a file of this machine, which is left as it is; where the disk can do that, both share its bytes. Throws `missing`. */
  stageCopy(file: string): Promise<StagedBlob>;
  /** The bytes of a blob, or those from `start` up to but not including `end`, a part at a time. Opened when first asked for a part. */
  read(name: string, range?: ByteRange): AsyncIterable<Uint8Array>;
  /** The size of a blob in bytes; null if it is missing. */
  sizeOf(name: string): Promise<number | null>;
  /** The path a blob has on this machine, whether it is there or not; null where blobs are no files. */
  fileOf(name: string): string | null;
  /** Removes a blob for good; one that is not there is gone already. */
  remove(name: string): Promise<void>;
  /** Every blob, in no order. */
  list(): AsyncIterable<StoredBlob>;
  /** Removes what was staged before a moment and never kept: of processes that ended. Answers how many there were. */
  sweepStaged(before: Date): Promise<number>;
  /** The text that names the database these blobs belong to; null if there is none. */
  readLabel(): Promise<string | null>;
  /** Replaces the label in one step. */
  writeLabel(text: string): Promise<void>;
}

export type ByteRange = { readonly start?: number; readonly end?: number };

export type StoredBlob = { readonly name: string; readonly size: number; readonly date: Date };

/** Bytes taken in, with their checksums in lower-case hex. Ends with `keep`, `keepAs` or `discard`. */
export interface StagedBlob {
  readonly sha256: string;
  readonly sha1: string;
  readonly size: number;
  /** The file they are in until then. */
  readonly file: string;
  /** Makes a blob of them and answers its name, once they would survive a power cut. The name was never given out before. */
  keep(): Promise<string>;
  /**
   * As `keep`, under a name that was given out before and may be there: of a backup. Throws `damaged` when these are not the bytes the name
   * tells of; nothing is kept then.
   */
  keepAs(name: string): Promise<void>;
  discard(): Promise<void>;
}

export type BlobErrorCode = "too_large" | "missing" | "damaged" | "unreachable" | "full";

/** What went wrong with a blob. */
export class BlobError extends Error {
  readonly code: BlobErrorCode;
  constructor(code: BlobErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "BlobError";
    this.code = code;
  }
}

/**
 * A name for bytes with this sha256: `ab/cd…-nonce`. The checksum tells what must be inside; the nonce makes it a name nobody had before, so
 * that removing bytes nothing refers to can never meet the same bytes just uploaded again.
 */
export const blobName = (sha256: string, nonce: string): string => `${sha256.slice(0, 2)}/${sha256.slice(2)}-${nonce}`;

/** The sha256 a name tells; null for what is no blob's name. */
export function sha256OfName(name: string): string | null {
  const [, head, rest] = NAME.exec(name) ?? [];
  return head === undefined || rest === undefined ? null : head + rest;
}

/** Throws `missing` for a name that no blob has: it must not become a path or an address. */
export function assertBlobName(name: string): void {
  if (sha256OfName(name) === null) throw new BlobError("missing", `${JSON.stringify(name)} is not the name of a blob.`);
}

/** What the file or object with the label is called; no blob has such a name. */
export const LABEL = "landfall.json";

const NAME = /^([0-9a-f]{2})\/([0-9a-f]{62})-[0-9a-f]{16}$/;

/** All the bytes of a stream in one piece: for what is known to be small. */
export async function readWhole(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(Buffer.concat(await Array.fromAsync(parts)));
}

const refuse = (): never => {
  throw new Error("This app was opened without a place for blobs.");
};

/** For applications that keep no artifacts, such as commands about people: every use of it is a bug, and throws. */
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
