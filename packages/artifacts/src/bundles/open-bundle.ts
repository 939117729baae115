import { type BundleLimits, bundleLimits } from "../archive/bundle-limits.ts";
import { BundleProblem, showName } from "../archive/bundle-problem.ts";
import type { ArchiveEntry } from "../archive/entry-chunks.ts";
import { type Archive, openArchive } from "../archive/open-archive.ts";
import type { RandomAccess } from "../archive/random-access.ts";
import { type Manifest, type ManifestFile, parseManifest } from "./parse-manifest.ts";

/** A file of a bundle: what the manifest says of it, and where it lies. */
export interface BundleFile extends ManifestFile {
  readonly entry: ArchiveEntry;
}

/** An uploaded bundle. Entries that the manifest does not name are no files of it. */
export interface Bundle extends Omit<Manifest, "files"> {
  readonly archive: Archive;
  readonly files: readonly BundleFile[];
}

const manifestName = "manifest.json";

/** Opens an uploaded bundle and reads its manifest; its files are read later, one by one. Throws `BundleProblem`. */
export async function openBundle(source: RandomAccess, limits: BundleLimits = bundleLimits): Promise<Bundle> {
  const archive = await openArchive(source, limits);
  if (!archive.entries.has(manifestName)) {
    const sentence =
      "The bundle holds no manifest.json, which says what its files are. Upload what sentry-cli, a bundler plugin or landfall makes.";
    throw new BundleProblem("no-manifest", sentence);
  }
  const manifest = await parseManifest(await archive.read(manifestName, limits.manifest), limits);
  return { ...manifest, archive, files: manifest.files.map((file) => ({ ...file, entry: entryOf(archive, file) })) };
}

function entryOf(archive: Archive, file: ManifestFile): ArchiveEntry {
  const entry = archive.entries.get(file.path);
  if (entry !== undefined) return entry;
  const sentence = `The bundle's manifest.json names ${showName(file.path)}, which is not in the bundle. Make the bundle and upload it again.`;
  throw new BundleProblem("missing-entry", sentence, { entry: file.path });
}
