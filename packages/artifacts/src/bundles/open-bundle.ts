import { type BundleLimits, bundleLimits } from "../archive/bundle-limits.ts";
import { BundleProblem, showName } from "../archive/bundle-problem.ts";
import type { ArchiveEntry } from "../archive/entry-chunks.ts";
import { type Archive, openArchive } from "../archive/open-archive.ts";
import type { RandomAccess } from "../archive/random-access.ts";
import { type Manifest, type ManifestFile, parseManifest } from "./parse-manifest.ts";

/** A file of a bundle: its entries in the manifest and in the archive. */
export interface BundleFile extends ManifestFile {
  readonly entry: ArchiveEntry;
}

/** An uploaded bundle. Entries that are not in the manifest are ignored. */
export interface Bundle extends Omit<Manifest, "files"> {
  readonly archive: Archive;
  readonly files: readonly BundleFile[];
}

const manifestName = "manifest.json";

/** Opens an uploaded bundle and reads its manifest. Its files are read later. Throws `BundleProblem`. */
export async function openBundle(source: RandomAccess, limits: BundleLimits = bundleLimits): Promise<Bundle> {
  const archive = await openArchive(source, limits);
  if (!archive.entries.has(manifestName)) {
    const sentence =
      "The bundle has no manifest.json, which describes its files. Upload a bundle made by sentry-cli, a bundler plugin or landfall.";
    throw new BundleProblem("no-manifest", sentence);
  }
  const manifest = await parseManifest(await archive.read(manifestName, limits.manifest), limits);
  return { ...manifest, archive, files: manifest.files.map((file) => ({ ...file, entry: entryOf(archive, file) })) };
}

function entryOf(archive: Archive, file: ManifestFile): ArchiveEntry {
  const entry = archive.entries.get(file.path);
  if (entry !== undefined) return entry;
  const sentence = `The bundle's manifest.json names ${showName(file.path)}, which is not in the bundle. Create the bundle again and upload it.`;
  throw new BundleProblem("missing-entry", sentence, { entry: file.path });
}
