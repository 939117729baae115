import type { VersionScheme } from "@landfall/schema/releases/release-list";
import { safeInteger, type VersionParts } from "./grammar.ts";
import { parseVersion } from "./parse-version.ts";

/** A parsed version on the wire, without the fourth number (contract 13.1). */
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

/** The largest number of the wire's version parser, which reads a larger one as 0. */
const U64_MAX = 2n ** 64n - 1n;

/** Returns a number of a version as a JSON reader in JavaScript reads it: exact up to 2^53 - 1, rounded up to 2^64 - 1, and 0 above. */
const shownNumber = (digits: string): number => safeInteger(digits) ?? (BigInt(digits) > U64_MAX ? 0 : Number(digits));

const versionNumber = (raw: string, { major, minor, patch, pre, buildCode, components }: VersionParts): VersionNumber => ({
  raw,
  major: shownNumber(major),
  minor: shownNumber(minor),
  patch: shownNumber(patch),
  pre,
  buildCode,
  components,
});

/**
 * Returns the `versionInfo` of a release, computed from its name alone, or null if the parser rejects the name (contract 13.1).
 *
 * `raw`, `buildCode`, and `description` are text and exact. A release with a number above 2^53 - 1 has no semver columns, so it is shown like
 * any version but not sorted as one (contract 13.2). Never throws.
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

/** 2024.1, 2024-01-31, 20240131, 2024.1.31-2: a year from 1970 to 2199, followed by a number that can be a month or week. */
const DATED =
  /^(?:19[7-9]|20[0-9]|21[0-9])[0-9](?:[.-](?:0?[0-9]|[1-4][0-9]|5[0-3])(?![0-9])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9]))/;

/**
 * Returns how a version is numbered, judged by its name: by date, by a build number, semver, or by the hash of a commit. `1.2.3` without a
 * package is "text", because it is not ordered by version (contract 13.1). Never throws.
 *
 * @example versionScheme("app@2024.1.0") // "calver"
 */
export function versionScheme(release: string): VersionScheme {
  const parsed = parseVersion(release);
  if (parsed === null) return "text";
  if (parsed.version === null && parsed.buildHash !== null)
    return /^[0-9]{12}$|^[0-9]{16}$/.test(parsed.raw) ? schemeOfDigits(parsed.raw) : "hash";
  if (DATED.test(parsed.raw)) return "calver";
  if (/^[0-9]+$/.test(parsed.raw)) return "build";
  return parsed.version === null ? "text" : "semver";
}

/** Plain digits with the length of a hash are hardly ever a hash. */
const schemeOfDigits = (raw: string): VersionScheme => (DATED.test(raw.slice(0, 8)) ? "calver" : "build");
