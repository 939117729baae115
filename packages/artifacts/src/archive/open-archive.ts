import { Readable } from "node:stream";
import type { ArchiveEntry } from "./archive-entry.ts";
import { bundleLimits, showSize, type BundleLimits } from "./bundle-limits.ts";
import { BundleProblem, showName } from "./bundle-problem.ts";
import { entryChunks } from "./entry-chunks.ts";
import type { RandomAccess } from "./random-access.ts";
import { readBundleHeader, type BundleVersion } from "./read-bundle-header.ts";
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
