import { parseVersion } from "./parse-version.ts";
import { safeInteger } from "./safe-integer.ts";
import type { VersionParts } from "./version-grammar.ts";

/** A version that was understood, as the wire shows it: the fourth number is never sent (contract 13.1). */
export type VersionNumber = {
  raw: string;
  major: number;
  minor: number;
  patch: number;
  pre: string | null;
  buildCode: string | null;
  components: number;
};

/** The `versionInfo` object of a release on the wire (contract 13.1). */
export type VersionInfo = {
  package: string | null;
  version: { raw: string } | VersionNumber;
  description: string;
  buildHash: string | null;
};

const versionNumber = (raw: string, version: VersionParts): { raw: string } | VersionNumber => {
  const major = safeInteger(version.major);
  const minor = safeInteger(version.minor);
  const patch = safeInteger(version.patch);
  if (major === null || minor === null || patch === null || safeInteger(version.revision) === null) return { raw };
  return { raw, major, minor, patch, pre: version.pre, buildCode: version.buildCode, components: version.components };
};

/**
 * The `versionInfo` of a release, computed from its name alone, or null when the parser refuses the name (contract 13.1).
 *
 * `major`, `minor` and `patch` are JSON numbers. When one of the version's numbers is above 2^53 - 1 a reader would see another
 * number than the one released, so `version` is then `{ raw }` as for any text that is not a version; `description` is text and
 * stays exact. Such a release has no semver columns either, so what is shown and what is sorted agree. Never throws.
 */
export const versionInfo = (release: string): VersionInfo | null => {
  const parsed = parseVersion(release);
  if (parsed === null) return null;
  return {
    package: parsed.package,
    version: parsed.version === null ? { raw: parsed.raw } : versionNumber(parsed.raw, parsed.version),
    description: parsed.description,
    buildHash: parsed.buildHash,
  };
};
