import type { Readable } from "node:stream";
import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader, type ZipFile } from "yauzl";
import { type BundleLimits, showSize } from "./bundle-limits.ts";
import { BundleProblem, isBundleProblem, showName } from "./bundle-problem.ts";
import type { ArchiveEntry } from "./entry-chunks.ts";
import { type RandomAccess, readAhead } from "./random-access.ts";
import { directoryEntrySize, fileHeaderSize } from "./zip-format.ts";

/**
 * Returns the files of a ZIP by name, in the order of its directory, without folders. Checks what the directory declares against `limits` before
 * anything is decompressed. Throws `BundleProblem`.
 *
 * Uses yauzl, not zip.js or fflate, because it reads the directory entry by entry through our own reader, so that neither the archive nor its
 * directory has to be in memory. It supports ZIP64 and older encodings of names, and does not change names.
 */
export async function readDirectory(source: RandomAccess, limits: BundleLimits): Promise<ReadonlyMap<string, ArchiveEntry>> {
  try {
    const zip = await fromRandomAccessReaderPromise(new SourceReader(source), source.size, { autoClose: false, decodeStrings: false });
    const entries = await collect(zip, limits);
    checkOverlaps([...entries.values()], source.size);
    return entries;
  } catch (error) {
    throw isBundleProblem(error) ? error : toProblem(error);
  }
}

async function collect(zip: ZipFile, limits: BundleLimits): Promise<Map<string, ArchiveEntry>> {
  if (zip.entryCount > limits.entries) {
    throw new BundleProblem(
      "too-many-entries",
      `The bundle has ${zip.entryCount} files; the limit is ${limits.entries}. Split the upload.`,
    );
  }
  const entries = new Map<string, ArchiveEntry>();
  let directory = 0;
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    directory += directoryEntrySize + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
    if (directory > limits.directory) {
      throw new BundleProblem(
        "directory-too-large",
        `The bundle's list of files is larger than ${showSize(limits.directory)}. Split the upload.`,
      );
    }
    const name = entryName(entry, limits);
    checkEntryName(name);
    if (name.endsWith("/") && entry.uncompressedSize === 0) continue;
    checkEntry(entry, name, limits);
    total += entry.uncompressedSize;
    if (total > limits.total) {
      throw new BundleProblem("bundle-too-large", `The bundle would unpack to more than ${showSize(limits.total)}. Split the upload.`);
    }
    if (entries.has(name)) {
      const sentence = `The bundle has two files named ${showName(name)}. Bundle the files again.`;
      throw new BundleProblem("duplicate-name", sentence, { entry: name });
    }
    entries.set(name, {
      name,
      size: entry.uncompressedSize,
      compressedSize: entry.compressedSize,
      method: entry.compressionMethod,
      crc32: entry.crc32,
      offset: entry.relativeOffsetOfLocalHeader,
    });
  }
  return entries;
}

function entryName(entry: Entry, limits: BundleLimits): string {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
  if (entry.fileNameLength <= limits.name && name.length <= limits.name) return name;
  throw new BundleProblem("name-too-long", `${showName(name)} has a name longer than ${limits.name} bytes.`, { entry: name });
}

function checkOverlaps(entries: ArchiveEntry[], size: number): void {
  let end = 0;
  for (const entry of entries.toSorted((a, b) => a.offset - b.offset)) {
    if (entry.offset < end) {
      const sentence = `${showName(entry.name)} overlaps another file of the bundle, as in a malicious archive.`;
      throw new BundleProblem("overlapping-entries", sentence, { entry: entry.name });
    }
    end = entry.offset + fileHeaderSize + entry.compressedSize;
    if (end > size) {
      throw new BundleProblem("truncated", `${showName(entry.name)} reaches past the end of the bundle. Upload it again.`, {
        entry: entry.name,
      });
    }
  }
}

/** Converts an error of yauzl. Its errors have no codes, so they are distinguished by their messages. */
function toProblem(cause: unknown): BundleProblem {
  const why = cause instanceof Error ? cause.message : "";
  if (/end of central directory record signature not found|unexpected EOF/i.test(why)) {
    return new BundleProblem("truncated", "The bundle is cut off: its list of files is missing or incomplete. Upload it again.", { cause });
  }
  if (/encryption/.test(why))
    return new BundleProblem("encrypted", "The bundle is encrypted. Bundle the files without a password.", { cause });
  return new BundleProblem("damaged", "The bundle's list of files is damaged. Create the bundle again and upload it.", { cause });
}

const unix = 3;
const fileTypeBits = 0o170000;
const regularFile = 0o100000;

/** Throws for an entry that is not a plain file, cannot be read, or exceeds the limits. */
function checkEntry(entry: Entry, name: string, limits: BundleLimits): void {
  const reject = (code: ConstructorParameters<typeof BundleProblem>[0], sentence: string) => {
    throw new BundleProblem(code, sentence, { entry: name });
  };
  const shown = showName(name);
  const type = entry.versionMadeBy >>> 8 === unix ? (entry.externalFileAttributes >>> 16) & fileTypeBits : 0;
  if (type !== 0 && type !== regularFile) reject("not-a-file", `${shown} is a link or another special file. Bundle the file it refers to.`);
  if (entry.isEncrypted()) reject("encrypted", `${shown} is encrypted. Bundle the files without a password.`);
  if (!entry.canDecodeFileData()) {
    reject(
      "unsupported-compression",
      `${shown} is compressed with method ${entry.compressionMethod}; only stored and deflated files can be read.`,
    );
  }
  if (!Number.isSafeInteger(entry.uncompressedSize) || entry.uncompressedSize > limits.entry) {
    reject("entry-too-large", `${shown} would unpack to ${showSize(entry.uncompressedSize)}; the limit is ${showSize(limits.entry)}.`);
  }
  if (entry.uncompressedSize >= limits.ratioFrom && entry.uncompressedSize > entry.compressedSize * limits.ratio) {
    const sizes = `${showSize(entry.compressedSize)} would unpack to ${showSize(entry.uncompressedSize)}`;
    reject("suspicious-ratio", `${shown} is compressed more than ${limits.ratio} times (${sizes}), unlike any source file.`);
  }
}

/**
 * Throws for a name that points outside the bundle, or that programs interpret differently. Names are only used as keys here, never as paths, but
 * people also download and extract bundles.
 */
function checkEntryName(name: string): void {
  const why = reasonAgainst(name);
  if (why === null) return;
  throw new BundleProblem("unsafe-name", `The bundle has an entry named ${showName(name)}, ${why}. Bundle the files again.`, {
    entry: name,
  });
}

function reasonAgainst(name: string): string | null {
  if (name === "") return "which is empty";
  if (name.includes("\0")) return "which contains a NUL character";
  if (name.includes("\\")) return "which contains a backslash";
  if (name.startsWith("/")) return "which is an absolute path";
  if (/^[a-z]:/i.test(name)) return "which starts with a drive letter";
  const segments = name.endsWith("/") ? name.slice(0, -1).split("/") : name.split("/");
  if (segments.includes("..")) return "which points outside of the bundle";
  return null;
}

const block = 64 * 1024;

/** The source of yauzl, with larger reads: yauzl reads 46 bytes of the directory at a time. */
class SourceReader extends RandomAccessReader {
  readonly #source: RandomAccess;

  constructor(source: RandomAccess) {
    super();
    this.#source = readAhead(source, block);
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#bytes(position, length).then(
      (bytes) => {
        target.set(bytes, offset);
        callback(null, bytes.byteLength);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error("The bundle could not be read.", { cause: error })),
    );
  }

  override _readStreamForRange(): Readable {
    throw new Error("Entries are read with entryChunks, which bounds them.");
  }

  /** Returns fewer bytes at the end of the source. */
  #bytes(position: number, length: number): Promise<Uint8Array> {
    const end = Math.min(position + length, this.#source.size);
    return position >= end ? Promise.resolve(new Uint8Array(0)) : this.#source.read(position, end - position);
  }
}
