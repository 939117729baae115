import { isBundleProblem } from "@landfall/artifacts/archive/bundle-problem";
import { type ArchiveEntry, entryChunks } from "@landfall/artifacts/archive/entry-chunks";
import { type RandomAccess, readAhead } from "@landfall/artifacts/archive/random-access";
import { BlobError, type BlobStore, type ByteRange, readWhole } from "@landfall/db/blobs/blob-store";
import type { MemberPlace } from "@landfall/db/tables/artifacts";
import type { Scope } from "@landfall/schema/scope";
import { AppError } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { assertSize, isDamage, markDamaged, verifiedBytes } from "./blobs.ts";

/** Bytes somebody may download. */
export type Content = {
  readonly filename: string;
  /** Null where nobody said. */
  readonly contentType: string | null;
  readonly size: number;
  /** The same for the same bytes, and for no others; safe in a header. */
  readonly tag: string;
  /** The bytes as they are stored. Nothing is opened before the first is asked for. */
  read(): AsyncIterable<Uint8Array>;
  /**
   * As `read`, of all bytes or of those from `start` up to but not including `end`, for answers: throws a `BlobError`, `missing` or `damaged`,
   * before there is a byte if the blob is not there with its size, or if a small content is not what was uploaded. A large one is compared as
   * it is read; the last part is held back until it is known to be right, and an error is thrown in place of it.
   */
  open(range?: ByteRange): Promise<AsyncIterable<Uint8Array>>;
};

type ContentFacts = Omit<Content, "read" | "open">;
type Source = Pick<Context, "store" | "blobs" | "now">;
type Blob = { readonly name: string; readonly size: number };

/** The bytes of a blob. */
export const blobContent = (source: Source, blob: Blob, about: ContentFacts): Content =>
  content(source, blob, about, {
    whole: () => verifiedBytes(source.blobs, blob),
    part: (range) => source.blobs.read(blob.name, range),
  });

/** The bytes of a member of an archive, unpacked as they are read. A part of them is read from the beginning. */
export function memberContent(source: Source, archive: Blob, place: MemberPlace, about: ContentFacts): Content {
  const whole = () => entryChunks(blobAccess(source.blobs, archive), toArchiveEntry(place, about.size));
  return content(source, archive, about, { whole, part: (range) => sliceChunks(whole(), range) });
}

/** Contents of up to so many bytes are read and compared before they are answered. */
const SMALL = 256 * 1024;

type Bytes = {
  /** All of them; ends with an error if they are not what was uploaded. */
  whole(): AsyncIterable<Uint8Array>;
  part(range: ByteRange): AsyncIterable<Uint8Array>;
};

function content({ store, blobs, now }: Source, blob: Blob, about: ContentFacts, { whole, part: some }: Bytes): Content {
  const { size } = about;
  async function damage(error: unknown): Promise<unknown> {
    if (!isDamage(error) && !isBundleProblem(error)) return error;
    await markDamaged(store, [blob.name], now());
    return isDamage(error) ? error : new BlobError("damaged", `The blob ${blob.name} is damaged.`, { cause: error });
  }
  async function* noticing(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    try {
      yield* bytes;
    } catch (error) {
      throw await damage(error);
    }
  }
  return {
    ...about,
    read: whole,
    async open(range = {}) {
      const { start = 0, end = size } = range;
      try {
        if (size <= SMALL) {
          const bytes = await readWhole(whole());
          return singleChunk(bytes.subarray(start, end));
        }
        await assertSize(blobs, blob);
      } catch (error) {
        throw await damage(error);
      }
      const isWhole = start === 0 && end === size;
      return noticing(isWhole ? delayLastChunk(whole()) : assertLength(some({ start, end }), { name: blob.name, length: end - start }));
    },
  };
}

async function* singleChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

/** Parts as they come, each one after the next has come or the end: what is found to be wrong at the end comes in place of the last one. */
async function* delayLastChunk(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let held: Uint8Array | null = null;
  for await (const bytesOfPart of bytes) {
    if (held !== null) yield held;
    held = bytesOfPart;
  }
  if (held !== null) yield held;
}

/** Throws `damaged` at the end of parts that are not `length` bytes together. */
async function* assertLength(
  bytes: AsyncIterable<Uint8Array>,
  { name, length }: { readonly name: string; readonly length: number },
): AsyncIterable<Uint8Array> {
  let left = length;
  for await (const bytesOfPart of bytes) {
    left -= bytesOfPart.length;
    yield bytesOfPart;
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

/** Only who may change a project may read what was uploaded for it: source maps hold source code. Throws an empty 403 (contract 8.3). */
export function assertCanDownload(scopes: ReadonlySet<Scope>): void {
  if (!scopes.has("project:write")) throw new AppError("forbidden", "Downloading needs the scope project:write.", { reason: "empty" });
}

/** The last part of a name, with white space in one piece: what a download is called (contract 8.3). */
export const basename = (name: string): string => name.replaceAll(/\s+/g, " ").split("/").at(-1) ?? "";

/** At least so much is fetched at once: each fetch opens a file, or asks an object storage. */
const AHEAD = 1024 * 1024;

/** A blob as bytes that can be read anywhere. */
export function blobAccess(blobs: BlobStore, { name, size }: { readonly name: string; readonly size: number }): RandomAccess {
  async function read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = await readWhole(blobs.read(name, { start: offset, end: offset + length }));
    if (bytes.length < length) throw new BlobError("damaged", `The blob ${name} ends before byte ${offset + length}.`);
    return bytes;
  }
  return readAhead({ size, read }, AHEAD);
}

/** Where a file of an archive is found again, without reading the archive's list of files. */
export const toMemberPlace = ({ name: path, offset, compressedSize, method, crc32 }: ArchiveEntry): MemberPlace => ({
  path,
  offset,
  compressedSize,
  method,
  crc32,
});

/** The entry of a member, as it was when it was stored. */
export const toArchiveEntry = ({ path: name, ...place }: MemberPlace, size: number): ArchiveEntry => ({ name, size, ...place });
