import { pipeline, Readable } from "node:stream";
import { crc32, createInflateRaw, inflateRawSync } from "node:zlib";
import { BundleProblem, showName } from "./bundle-problem.ts";
import type { RandomAccess } from "./random-access.ts";
import { fileHeaderSize, fileSignature } from "./zip-format.ts";

const block = 64 * 1024;

/** Files up to this size in bytes, compressed and decompressed, are decompressed in one call: a stream costs more than their bytes. */
const small = 256 * 1024;

/**
 * Reads one file of a bundle, decompressed block by block. Throws `BundleProblem` if its size or checksum differs from the directory.
 * Errors of the source are thrown unchanged. Nothing more is read when the consumer stops early.
 */
export async function* entryChunks(source: RandomAccess, entry: ArchiveEntry): AsyncGenerator<Uint8Array> {
  let size = 0;
  let checksum = 0;
  try {
    for await (const chunk of unpack(source, entry, await dataStart(source, entry))) {
      size += chunk.byteLength;
      if (size > entry.size) throw damaged(entry, "is longer than the bundle declares");
      checksum = crc32(chunk, checksum);
      if (chunk.byteLength > 0) yield chunk;
    }
  } catch (error) {
    throw isZlibError(error) ? damaged(entry, "cannot be decompressed", error) : error;
  }
  if (size < entry.size) throw damaged(entry, "is shorter than the bundle declares");
  if (checksum !== entry.crc32) throw damaged(entry, "does not have the checksum that the bundle declares");
}

async function dataStart(source: RandomAccess, entry: ArchiveEntry): Promise<number> {
  if (entry.offset + fileHeaderSize > source.size) throw damaged(entry, "reaches past the end of the bundle");
  const bytes = await source.read(entry.offset, fileHeaderSize);
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (header.getUint32(0) !== fileSignature) throw damaged(entry, "is not at the position in the bundle's list of files");
  const start = entry.offset + fileHeaderSize + header.getUint16(26, true) + header.getUint16(28, true);
  if (start + entry.compressedSize > source.size) throw damaged(entry, "reaches past the end of the bundle");
  return start;
}

function unpack(source: RandomAccess, entry: ArchiveEntry, start: number): AsyncIterable<Uint8Array> {
  if (entry.method === 0) return blocks(source, start, entry.compressedSize);
  if (Math.max(entry.size, entry.compressedSize) <= small) return unpackAtOnce(source, entry, start);
  const inflate = createInflateRaw();
  // Errors are thrown to the consumer of `inflate`; `pipeline` only requires a callback.
  pipeline(Readable.from(blocks(source, start, entry.compressedSize), { objectMode: false }), inflate, () => {});
  return inflate;
}

async function* unpackAtOnce(source: RandomAccess, entry: ArchiveEntry, start: number): AsyncGenerator<Uint8Array> {
  const packed = await source.read(start, entry.compressedSize);
  try {
    yield inflateRawSync(packed, { maxOutputLength: entry.size + 1 });
  } catch (error) {
    throw isTooLong(error) ? damaged(entry, "is longer than the bundle declares", error) : error;
  }
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("Z_");

const isTooLong = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";

async function* blocks(source: RandomAccess, start: number, length: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < length; offset += block) yield await source.read(start + offset, Math.min(block, length - offset));
}

function damaged(entry: ArchiveEntry, what: string, cause?: unknown): BundleProblem {
  return new BundleProblem("damaged", `${showName(entry.name)} ${what}. Create the bundle again and upload it.`, {
    entry: entry.name,
    cause,
  });
}

/** The position of a file in its bundle, and its checksum; enough to read it later without the bundle's directory. */
interface EntryPlace {
  /** The offset of the entry's header from the first byte of the bundle. */
  readonly offset: number;
  readonly compressedSize: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc32: number;
}

/** One file of a bundle, as the directory declares it. Sizes are in bytes, and are verified when the file is read. */
export interface ArchiveEntry extends EntryPlace {
  readonly name: string;
  readonly size: number;
}
