import type { VersionScheme } from "@landfall/schema/releases/release-list";
import { safeInteger, type VersionParts } from "./grammar.ts";
import { parseVersion } from "./parse-version.ts";

/** A version that was understood, as the wire shows it: the fourth number is never sent (contract 13.1). */
type VersionNumber = {
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

/** 2024.1, 2024-01-31, 20240131, 2024.1.31-2: a year of this age, and what follows it where a month would. */
const DATED =
  /^(?:19[7-9]|20[0-9]|21[0-9])[0-9](?:[.-](?:0?[0-9]|[1-4][0-9]|5[0-3])(?![0-9])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9]))/;

/**
 * How a version is numbered, as its name looks: by date, by a running number alone, semver, by the hash of a commit. Without a package
 * `1.2.3` is a "text": it has no order by version (contract 13.1). Never throws.
 *
 * @example versionScheme("app@2024.1.0") // "calver"
 */
export function versionScheme(release: string): VersionScheme {
  const parsed = parseVersion(release);
  if (parsed === null) return "text";
  if (parsed.version === null && parsed.buildHash !== null)
    return /^[0-9]{12}$|^[0-9]{16}$/.test(parsed.raw) ? ofDigits(parsed.raw) : "hash";
  if (DATED.test(parsed.raw)) return "calver";
  if (/^[0-9]+$/.test(parsed.raw)) return "build";
  return parsed.version === null ? "text" : "semver";
}

/** Digits of a hash's length are hardly ever one. */
const ofDigits = (raw: string): VersionScheme => (DATED.test(raw.slice(0, 8)) ? "calver" : "build");
