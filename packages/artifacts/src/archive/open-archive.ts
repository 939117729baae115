import { Readable } from "node:stream";
import { type BundleLimits, bundleLimits, showSize } from "./bundle-limits.ts";
import { BundleProblem, showName } from "./bundle-problem.ts";
import { type ArchiveEntry, entryChunks } from "./entry-chunks.ts";
import type { RandomAccess } from "./random-access.ts";
import { readDirectory } from "./read-directory.ts";
import { bundleHeaderSize, bundleMagic, endSignature, fileSignature } from "./zip-format.ts";

/** The files of an uploaded archive. Only their list is in memory. */
export interface Archive {
  readonly version: BundleVersion;
  readonly entries: ReadonlyMap<string, ArchiveEntry>;
  /** Reads one file as a stream, decompressed. Throws `BundleProblem` `missing-entry` for an unknown name. */
  stream(name: string): Readable;
  /** Reads one file into memory. Throws `BundleProblem` `entry-too-large` before it reads a file larger than `maxBytes`. */
  read(name: string, maxBytes: number): Promise<Uint8Array>;
}

/** Opens an uploaded artifact bundle or plain ZIP, and checks its directory against the limits. Throws `BundleProblem`. */
export async function openArchive(source: RandomAccess, limits: BundleLimits = bundleLimits): Promise<Archive> {
  if (source.size > limits.bundle) {
    throw new BundleProblem(
      "bundle-too-large",
      `The bundle has ${showSize(source.size)}; the limit is ${showSize(limits.bundle)}. Split the upload.`,
    );
  }
  const version = await readBundleHeader(source);
  const entries = await readDirectory(source, limits);
  const find = (name: string): ArchiveEntry => {
    const entry = entries.get(name);
    if (entry === undefined) throw new BundleProblem("missing-entry", `The bundle has no file named ${showName(name)}.`, { entry: name });
    return entry;
  };
  return {
    version,
    entries,
    stream: (name) => Readable.from(entryChunks(source, find(name)), { objectMode: false }),
    async read(name, maxBytes) {
      const entry = find(name);
      if (entry.size > maxBytes) {
        const sentence = `${showName(name)} has ${showSize(entry.size)}; the limit is ${showSize(maxBytes)}.`;
        throw new BundleProblem("entry-too-large", sentence, { entry: name });
      }
      const bytes = new Uint8Array(entry.size);
      let filled = 0;
      for await (const chunk of entryChunks(source, entry)) {
        bytes.set(chunk, filled);
        filled += chunk.byteLength;
      }
      return bytes;
    },
  };
}

/** The format version in the header before the ZIP; null for a plain ZIP. */
type BundleVersion = 1 | 2 | null;

/** Reads the format version of a bundle. The offsets in the ZIP after the header count from the start of the file. */
async function readBundleHeader(source: RandomAccess): Promise<BundleVersion> {
  const length = Math.min(source.size, bundleHeaderSize);
  const bytes = length === 0 ? new Uint8Array(0) : await source.read(0, length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.byteLength < 4 ? 0 : view.getUint32(0);
  if (magic === fileSignature || magic === endSignature) return null;
  if (magic !== bundleMagic) {
    throw new BundleProblem(
      "not-a-bundle",
      length === 0
        ? "The upload is empty. Upload an artifact bundle, or a ZIP archive with a manifest.json."
        : "The upload is neither an artifact bundle nor a ZIP archive. Upload a bundle made by sentry-cli, a bundler plugin or landfall.",
    );
  }
  if (bytes.byteLength < bundleHeaderSize)
    throw new BundleProblem("truncated", "The bundle ends within its first 8 bytes. Upload it again.");
  const version = view.getUint32(4, true);
  if (version === 1 || version === 2) return version;
  throw new BundleProblem("unsupported-version", `The bundle has format version ${version}; versions 1 and 2 can be read.`);
}
