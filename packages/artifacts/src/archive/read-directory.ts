import { fromRandomAccessReaderPromise, getFileNameLowLevel, type Entry, type ZipFile } from "yauzl";
import type { ArchiveEntry } from "./archive-entry.ts";
import { showSize, type BundleLimits } from "./bundle-limits.ts";
import { BundleProblem, isBundleProblem, showName } from "./bundle-problem.ts";
import { checkEntryName } from "./check-entry-name.ts";
import { checkEntry } from "./check-entry.ts";
import type { RandomAccess } from "./random-access.ts";
import { SourceReader } from "./source-reader.ts";

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
