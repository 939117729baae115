import { shortHash, splitPackage } from "./grammar.ts";

/** The two parts of how people read the name of a release. */
export type ReleaseName = {
  readonly package: string | null;
  /** The version without its package; hashes are cut to 12 characters. */
  readonly short: string;
};

/** A hash of more than 12 digits, as the whole version or after `+` or `-`. */
const HASH = /(?<=^|[+-])(?=\d*[a-f])[0-9a-f]{13,64}$/i;

/**
 * Returns how a release is named on pages, in ⌘K, in notes, and on the command line. Never throws.
 *
 * @example releaseName("web@a3f9c1d2e4b5a3f9c1d2e4b5a3f9c1d2e4b5a3f9") // { package: "web", short: "a3f9c1d2e4b5" }
 */
export function releaseName(version: string): ReleaseName {
  const { package: name, raw } = splitPackage(version);
  return { package: name, short: raw.replace(HASH, shortHash) };
}

/** Returns the name of a release as text: "web@5.2.1". */
export function formatRelease(version: string): string {
  const { package: name, short } = releaseName(version);
  return name === null ? short : `${name}@${short}`;
}

/** Returns the name of a release of a project: "web@5.2.1", or "shop web@5.2.1" if the package is not named like the project. */
export const formatProjectRelease = (project: string, version: string): string =>
  releaseName(version).package === project ? formatRelease(version) : `${project} ${formatRelease(version)}`;
