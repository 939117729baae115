import { pipeline, Readable } from "node:stream";
import { crc32, createInflateRaw, inflateRawSync } from "node:zlib";
import { BundleProblem, showName } from "./bundle-problem.ts";
import type { RandomAccess } from "./random-access.ts";

const block = 64 * 1024;

/** Files of up to so many bytes, packed and unpacked, are unpacked at once: a stream for each costs more than all of its bytes. */
const small = 256 * 1024;

const localHeader = 30;
const signature = 0x504b0304;

/**
 * One file of a bundle, unpacked block by block. Throws a `BundleProblem` when the file is not what the directory declared: one byte more,
 * one byte less, another checksum; and what the source throws, as it is. Whoever stops early reads no further.
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
    throw isUnpacking(error) ? damaged(entry, "cannot be unpacked", error) : error;
  }
  if (size < entry.size) throw damaged(entry, "is shorter than the bundle declares");
  if (checksum !== entry.crc32) throw damaged(entry, "does not have the checksum that the bundle declares");
}

async function dataStart(source: RandomAccess, entry: ArchiveEntry): Promise<number> {
  if (entry.offset + localHeader > source.size) throw damaged(entry, "reaches past the end of the bundle");
  const bytes = await source.read(entry.offset, localHeader);
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (header.getUint32(0) !== signature) throw damaged(entry, "is not where the bundle's list of files says");
  const start = entry.offset + localHeader + header.getUint16(26, true) + header.getUint16(28, true);
  if (start + entry.compressedSize > source.size) throw damaged(entry, "reaches past the end of the bundle");
  return start;
}

function unpack(source: RandomAccess, entry: ArchiveEntry, start: number): AsyncIterable<Uint8Array> {
  if (entry.method === 0) return blocks(source, start, entry.compressedSize);
  if (Math.max(entry.size, entry.compressedSize) <= small) return unpackAtOnce(source, entry, start);
  const inflate = createInflateRaw();
  // Errors reach whoever iterates; the callback only has to be there.
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

/** Whether an error is zlib's own. */
const isUnpacking = (error: unknown): boolean =>
  error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("Z_");

const isTooLong = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";

async function* blocks(source: RandomAccess, start: number, length: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < length; offset += block) yield await source.read(start + offset, Math.min(block, length - offset));
}

function damaged(entry: ArchiveEntry, what: string, cause?: unknown): BundleProblem {
  return new BundleProblem("damaged", `${showName(entry.name)} ${what}. Make the bundle and upload it again.`, {
    entry: entry.name,
    cause,
  });
}

/** Where one file of a bundle lies in it and what it must turn out to be; enough to read it later without the bundle's directory. */
interface EntryPlace {
  /** Of the entry's own header, from the first byte of the bundle. */
  readonly offset: number;
  readonly compressedSize: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc32: number;
}

/** One file of a bundle, as its directory declares it. Sizes are bytes and are held to when the file is read. */
export interface ArchiveEntry extends EntryPlace {
  readonly name: string;
  readonly size: number;
}
