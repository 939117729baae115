import { isBundleProblem } from "@landfall/artifacts/archive/bundle-problem";
import { type ArchiveEntry, entryChunks } from "@landfall/artifacts/archive/entry-chunks";
import { type RandomAccess, readAhead } from "@landfall/artifacts/archive/random-access";
import { BlobError, type BlobStore, type ByteRange, readWhole } from "@landfall/db/blobs/blob-store";
import type { MemberPlace } from "@landfall/db/tables/artifacts";
import type { Scope } from "@landfall/schema/scope";
import { AppError } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { assertSize, type BlobReference, isDamage, markDamaged, verifiedBytes } from "./blobs.ts";

/** A file that can be downloaded. */
export type Content = {
  readonly filename: string;
  /** Null if the upload did not name one. */
  readonly contentType: string | null;
  /** In bytes. */
  readonly size: number;
  /** An ETag value: the same for the same bytes, and for no others. */
  readonly tag: string;
  /** The stored bytes, opened at the first read. */
  read(): AsyncIterable<Uint8Array>;
  /**
   * The bytes for a response, all of them or a range. Throws `BlobError` `missing` or `damaged` before the first byte if the blob does not
   * exist with its size, or if a small content is not what was uploaded. A large one is verified while it is read: the last chunk is delayed
   * until the content is verified, and an error is thrown instead of it.
   */
  open(range?: ByteRange): Promise<AsyncIterable<Uint8Array>>;
};

type ContentFacts = Omit<Content, "read" | "open">;
type Source = Pick<Context, "store" | "blobs" | "now">;

/** The content of a whole blob. */
export const blobContent = (source: Source, blob: BlobReference, about: ContentFacts): Content =>
  content(source, blob, about, {
    readAll: () => verifiedBytes(source.blobs, blob),
    readRange: (range) => source.blobs.read(blob.name, range),
  });

/** The content of a member of an archive, decompressed while it is read. A range is read from the start of the member. */
export function memberContent(source: Source, archive: BlobReference, place: MemberPlace, about: ContentFacts): Content {
  const readAll = () => memberBytes(source.blobs, archive, place, about.size);
  return content(source, archive, about, { readAll, readRange: (range) => sliceChunks(readAll(), range) });
}

/**
 * Returns the bytes of a member of an archive of this size in bytes, decompressed while they are read. Ends with a `BundleProblem` if they
 * are not those of the member.
 */
export const memberBytes = (blobs: BlobStore, archive: BlobReference, place: MemberPlace, size: number): AsyncIterable<Uint8Array> =>
  entryChunks(blobAccess(blobs, archive), toArchiveEntry(place, size));

/** Content up to this size, in bytes, is verified before the first byte is sent. */
const SMALL = 256 * 1024;

type Bytes = {
  /** Ends with an error if the bytes are not what was uploaded. */
  readAll(): AsyncIterable<Uint8Array>;
  readRange(range: ByteRange): AsyncIterable<Uint8Array>;
};

function content({ store, blobs, now }: Source, blob: BlobReference, about: ContentFacts, { readAll, readRange }: Bytes): Content {
  const { size } = about;
  /** Marks the blob as damaged if the error reports damage; returns the error to throw. */
  async function recordDamage(error: unknown): Promise<unknown> {
    if (!isDamage(error) && !isBundleProblem(error)) return error;
    await markDamaged(store, [blob.name], now());
    return isDamage(error) ? error : new BlobError("damaged", `The blob ${blob.name} is damaged.`, { cause: error });
  }
  async function* recordingDamage(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    try {
      yield* bytes;
    } catch (error) {
      throw await recordDamage(error);
    }
  }
  return {
    ...about,
    read: readAll,
    async open(range = {}) {
      const { start = 0, end = size } = range;
      try {
        if (size <= SMALL) {
          const bytes = await readWhole(readAll());
          return singleChunk(bytes.subarray(start, end));
        }
        await assertSize(blobs, blob);
      } catch (error) {
        throw await recordDamage(error);
      }
      if (start === 0 && end === size) return recordingDamage(delayLastChunk(readAll()));
      return recordingDamage(assertLength(readRange({ start, end }), { name: blob.name, length: end - start }));
    },
  };
}

async function* singleChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

/** Yields each chunk only after the next one was read, so that an error at the end is thrown instead of the last chunk. */
async function* delayLastChunk(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let delayed: Uint8Array | null = null;
  for await (const chunk of bytes) {
    if (delayed !== null) yield delayed;
    delayed = chunk;
  }
  if (delayed !== null) yield delayed;
}

/** Throws `damaged` at the end if the chunks do not have `length` bytes together. */
async function* assertLength(
  bytes: AsyncIterable<Uint8Array>,
  { name, length }: { readonly name: string; readonly length: number },
): AsyncIterable<Uint8Array> {
  let left = length;
  for await (const chunk of bytes) {
    left -= chunk.length;
    yield chunk;
  }
  if (left !== 0) throw new BlobError("damaged", `The blob ${name} ended before all of it was read.`);
}

async function* sliceChunks(
  bytes: AsyncIterable<Uint8Array>,
  { start = 0, end = Number.POSITIVE_INFINITY }: ByteRange = {},
): AsyncIterable<Uint8Array> {
  let position = 0;
  for await (const chunk of bytes) {
    const wanted = chunk.subarray(Math.max(0, start - position), Math.max(0, end - position));
    position += chunk.length;
    if (wanted.length > 0) yield wanted;
    if (position >= end) return;
  }
}

/** @throws 403 without a body, unless the caller may change projects: source maps contain source code (contract 8.3). */
export function assertCanDownload(scopes: ReadonlySet<Scope>): void {
  if (!scopes.has("project:write")) throw new AppError("forbidden", "Downloading requires the scope project:write.", { reason: "empty" });
}

/** The file name of a download: the last segment of a name, with runs of white space replaced by one space (contract 8.3). */
export const basename = (name: string): string => name.replaceAll(/\s+/g, " ").split("/").at(-1) ?? "";

/** The least that is read from an archive at a time, in bytes: small files are read many at once, and each read opens a file or sends a request. */
export const READ_AHEAD = 1024 * 1024;

/** Random access to the bytes of a blob. */
function blobAccess(blobs: BlobStore, { name, size }: BlobReference): RandomAccess {
  async function read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = await readWhole(blobs.read(name, { start: offset, end: offset + length }));
    if (bytes.length < length) throw new BlobError("damaged", `The blob ${name} ends before byte ${offset + length}.`);
    return bytes;
  }
  return readAhead({ size, read }, READ_AHEAD);
}

/** Where the member is in its archive, so that it can be read without the archive's directory. */
export const toMemberPlace = ({ name: path, offset, compressedSize, method, crc32 }: ArchiveEntry): MemberPlace => ({
  path,
  offset,
  compressedSize,
  method,
  crc32,
});

/** The archive entry of a stored member. */
const toArchiveEntry = ({ path: name, ...place }: MemberPlace, size: number): ArchiveEntry => ({ name, size, ...place });
