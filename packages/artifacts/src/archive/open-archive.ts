import { Readable } from "node:stream";
import { type BundleLimits, bundleLimits, showSize } from "./bundle-limits.ts";
import { BundleProblem, showName } from "./bundle-problem.ts";
import { type ArchiveEntry, entryChunks } from "./entry-chunks.ts";
import type { RandomAccess } from "./random-access.ts";
import { readDirectory } from "./read-directory.ts";

/** The files of an uploaded archive. Only their list is in memory. */
export interface Archive {
  readonly version: BundleVersion;
  readonly entries: ReadonlyMap<string, ArchiveEntry>;
  /** One file, unpacked as it is read. Throws `BundleProblem` `missing-entry` for a name that is not in `entries`. */
  stream(name: string): Readable;
  /** One file as a whole. Throws `BundleProblem` `entry-too-large` above `maxBytes`, before it reads. */
  read(name: string, maxBytes: number): Promise<Uint8Array>;
}

/** Opens what clients upload, an artifact bundle or a plain ZIP, and checks every bound that its directory tells. Throws `BundleProblem`. */
export async function openArchive(source: RandomAccess, limits: BundleLimits = bundleLimits): Promise<Archive> {
  if (source.size > limits.bundle) {
    throw new BundleProblem(
      "bundle-too-large",
      `The bundle has ${showSize(source.size)}; it may have ${showSize(limits.bundle)}. Split the upload.`,
    );
  }
  const version = await readBundleHeader(source);
  const entries = await readDirectory(source, limits);
  const find = (name: string): ArchiveEntry => {
    const entry = entries.get(name);
    if (entry === undefined) throw new BundleProblem("missing-entry", `The bundle holds no file named ${showName(name)}.`, { entry: name });
    return entry;
  };
  return {
    version,
    entries,
    stream: (name) => Readable.from(entryChunks(source, find(name)), { objectMode: false }),
    async read(name, maxBytes) {
      const entry = find(name);
      if (entry.size > maxBytes) {
        const sentence = `${showName(name)} has ${showSize(entry.size)}; at most ${showSize(maxBytes)} of it can be read at once.`;
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

/** `null` is a plain ZIP; a number is the version of the header that Sentry's clients write before it. */
type BundleVersion = 1 | 2 | null;

const bundleMagic = 0x53595342; // "SYSB"

// "SYSB"
const zipEntry = 0x504b0304;

const zipEnd = 0x504b0506;

/** Which kind of bundle this is, from its first 8 bytes. The ZIP that follows counts its offsets from the start of the file, header included. */
async function readBundleHeader(source: RandomAccess): Promise<BundleVersion> {
  const length = Math.min(source.size, 8);
  const bytes = length === 0 ? new Uint8Array(0) : await source.read(0, length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.byteLength < 4 ? 0 : view.getUint32(0);
  if (magic === zipEntry || magic === zipEnd) return null;
  if (magic !== bundleMagic) {
    throw new BundleProblem(
      "not-a-bundle",
      length === 0
        ? "The upload is empty. Upload an artifact bundle, or a ZIP archive with a manifest.json."
        : "The upload is neither an artifact bundle nor a ZIP archive. Upload what sentry-cli, a bundler plugin or landfall makes.",
    );
  }
  if (bytes.byteLength < 8) throw new BundleProblem("truncated", "The bundle ends within its first 8 bytes. Upload it again.");
  const version = view.getUint32(4, true);
  if (version === 1 || version === 2) return version;
  throw new BundleProblem("unsupported-version", `The bundle has format version ${version}; versions 1 and 2 can be read.`);
}
