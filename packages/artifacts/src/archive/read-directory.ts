import type { Readable } from "node:stream";
import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader, type ZipFile } from "yauzl";
import { type BundleLimits, showSize } from "./bundle-limits.ts";
import { BundleProblem, isBundleProblem, showName } from "./bundle-problem.ts";
import type { ArchiveEntry } from "./entry-chunks.ts";
import { type RandomAccess, readAhead } from "./random-access.ts";

const localHeader = 30;
const directoryHeader = 46;

/**
 * The files of a ZIP by name, in the order of its directory; directories are left out. Every bound of `limits` is checked against what is
 * declared, before a byte is unpacked. Throws `BundleProblem`.
 *
 * yauzl, of the zip libraries that are maintained (zip.js, fflate), because it reads the directory entry by entry through a reader of ours,
 * so that neither the archive nor its directory has to be in memory; it knows ZIP64 and names in older encodings, and does nothing with names.
 */
export async function readDirectory(source: RandomAccess, limits: BundleLimits): Promise<ReadonlyMap<string, ArchiveEntry>> {
  try {
    const zip = await fromRandomAccessReaderPromise(new SourceReader(source), source.size, { autoClose: false, decodeStrings: false });
    const entries = await collect(zip, limits);
    checkOverlaps([...entries.values()], source.size);
    return entries;
  } catch (error) {
    throw isBundleProblem(error) ? error : asProblem(error);
  }
}

async function collect(zip: ZipFile, limits: BundleLimits): Promise<Map<string, ArchiveEntry>> {
  if (zip.entryCount > limits.entries) {
    throw new BundleProblem(
      "too-many-entries",
      `The bundle holds ${zip.entryCount} files; it may hold ${limits.entries}. Split the upload.`,
    );
  }
  const entries = new Map<string, ArchiveEntry>();
  let directory = 0;
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    directory += directoryHeader + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
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
      const sentence = `The bundle holds two files named ${showName(name)}, and it is unclear which is meant.`;
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
      const sentence = `${showName(entry.name)} shares bytes with another file of the bundle, as in an archive made to harm.`;
      throw new BundleProblem("overlapping-entries", sentence, { entry: entry.name });
    }
    end = entry.offset + localHeader + entry.compressedSize;
    if (end > size) {
      throw new BundleProblem("truncated", `${showName(entry.name)} reaches past the end of the bundle. Upload it again.`, {
        entry: entry.name,
      });
    }
  }
}

function asProblem(cause: unknown): BundleProblem {
  const why = cause instanceof Error ? cause.message : "";
  if (/end of central directory record signature not found|unexpected EOF/i.test(why)) {
    return new BundleProblem("truncated", "The bundle is cut off: its list of files is missing or incomplete. Upload it again.", { cause });
  }
  if (/encryption/.test(why))
    return new BundleProblem("encrypted", "The bundle is encrypted. Bundle the files without a password.", { cause });
  return new BundleProblem("damaged", "The bundle's list of files is damaged. Make the bundle and upload it again.", { cause });
}

const unix = 3;
const fileTypeBits = 0o170000;
const regularFile = 0o100000;

/** Refuses an entry that is no plain file, cannot be read, or declares more than the limits allow. */
function checkEntry(entry: Entry, name: string, limits: BundleLimits): void {
  const refuse = (code: ConstructorParameters<typeof BundleProblem>[0], sentence: string) => {
    throw new BundleProblem(code, sentence, { entry: name });
  };
  const shown = showName(name);
  const type = entry.versionMadeBy >>> 8 === unix ? (entry.externalFileAttributes >>> 16) & fileTypeBits : 0;
  if (type !== 0 && type !== regularFile)
    refuse("not-a-file", `${shown} is a link or another special file. Bundle the file it stands for.`);
  if (entry.isEncrypted()) refuse("encrypted", `${shown} is encrypted. Bundle the files without a password.`);
  if (!entry.canDecodeFileData()) {
    refuse(
      "unsupported-compression",
      `${shown} is compressed with method ${entry.compressionMethod}; only stored and deflated files can be read.`,
    );
  }
  if (!Number.isSafeInteger(entry.uncompressedSize) || entry.uncompressedSize > limits.entry) {
    refuse("entry-too-large", `${shown} would unpack to ${showSize(entry.uncompressedSize)}; a file may have ${showSize(limits.entry)}.`);
  }
  if (entry.uncompressedSize >= limits.ratioFrom && entry.uncompressedSize > entry.compressedSize * limits.ratio) {
    const sizes = `${showSize(entry.compressedSize)} would unpack to ${showSize(entry.uncompressedSize)}`;
    refuse("suspicious-ratio", `${shown} is compressed more than ${limits.ratio} times (${sizes}), as no source file is.`);
  }
}

/**
 * Refuses a name that could mean a place outside the bundle, or two things to two readers. Names here are only keys and never become paths;
 * but bundles are also downloaded and unpacked by people.
 */
function checkEntryName(name: string): void {
  const why = reasonAgainst(name);
  if (why === null) return;
  throw new BundleProblem("unsafe-name", `The bundle holds an entry named ${showName(name)}, ${why}. Bundle the files anew.`, {
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

/** What yauzl reads through, which reads a directory 46 bytes at a time. */
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

  /** Those there are: fewer than asked for at the end. */
  #bytes(position: number, length: number): Promise<Uint8Array> {
    const end = Math.min(position + length, this.#source.size);
    return position >= end ? Promise.resolve(new Uint8Array(0)) : this.#source.read(position, end - position);
  }
}
