import { safeInteger, type VersionParts } from "./grammar.ts";
import { parseVersion } from "./parse-version.ts";

/** The columns of a release whose name is `package@version`. */
export type SemverRelease = {
  package: string;
  major: number;
  minor: number;
  patch: number;
  revision: number;
  /** `""` for a final version. */
  prerelease: string;
  buildCode: string | null;
  buildNumber: number | null;
};

/** The columns stored with a release: all or none. `package !== null` means that it is a semver release (contract 13.2). */
export type SemverColumns = SemverRelease | { [column in keyof SemverRelease]: null };

const notSemver: SemverColumns = {
  package: null,
  major: null,
  minor: null,
  patch: null,
  revision: null,
  prerelease: null,
  buildCode: null,
  buildNumber: null,
};

const digitsOnly = /^[0-9]+$/;

const buildNumberOf = (buildCode: string | null): number | null =>
  buildCode !== null && digitsOnly.test(buildCode) ? safeInteger(buildCode) : null;

/**
 * Returns the semver columns of a release. They are stored when it is created and never derived again (contract 13.2). Every column is null
 * unless the name is `package@version`. `buildNumber` is the build code as a number, or null if it is not plain digits.
 *
 * The limit for a number is 2^63 - 1 on the wire, but 2^53 - 1 here, because the columns are JS numbers and a rounded number would sort and
 * match incorrectly. A release with a larger major, minor, patch, or revision is stored as not semver and sorts after all semver releases.
 * With a larger build number, only `buildNumber` is null, and `buildCode` has the text. Fifteen digits always fit, which includes dates such
 * as `20200101100` or `20210505090610` and microseconds since 1970; a date with milliseconds (17 digits) does not fit. Never throws.
 */
export const semverColumns = (release: string): SemverColumns => {
  const parsed = parseVersion(release);
  if (parsed === null || parsed.package === null || parsed.version === null) return { ...notSemver };
  const { buildCode } = parsed.version;
  const order = semverOrderOf(parsed.version);
  return order === null ? { ...notSemver } : { package: parsed.package, ...order, buildCode, buildNumber: buildNumberOf(buildCode) };
};

/** The values that order a semver release: four numbers and the pre-release, `""` for a final version. */
export type SemverOrder = { major: number; minor: number; patch: number; revision: number; prerelease: string };

/** Returns the values that order a version; null if one of its numbers is above 2^53 - 1. */
const semverOrderOf = (version: VersionParts): SemverOrder | null => {
  const major = safeInteger(version.major);
  const minor = safeInteger(version.minor);
  const patch = safeInteger(version.patch);
  const revision = safeInteger(version.revision);
  if (major === null || minor === null || patch === null || revision === null) return null;
  return { major, minor, patch, revision, prerelease: version.pre ?? "" };
};

/** `[major, minor, patch, revision, final, prerelease]`, compared from the left; `final` is 1 if there is no pre-release, else 0. */
export type SemverKey = readonly [major: number, minor: number, patch: number, revision: number, final: 0 | 1, prerelease: string];

/** Returns the tuple that orders a version (contract 13.3). */
export const semverKey = (order: SemverOrder): SemverKey => [
  order.major,
  order.minor,
  order.patch,
  order.revision,
  order.prerelease === "" ? 1 : 0,
  order.prerelease,
];

/** Returns the tuple that orders a version; null if one of its numbers is above 2^53 - 1. */
export const semverKeyOf = (version: VersionParts): SemverKey | null => {
  const order = semverOrderOf(version);
  return order && semverKey(order);
};

const compareText = (left: string, right: string): number => (left === right ? 0 : left < right ? -1 : 1);

/** Compares two keys: negative if `left` is the older version, positive if it is the newer one, 0 for equal keys. */
export const compareSemverKeys = (left: SemverKey, right: SemverKey): number =>
  left[0] - right[0] ||
  left[1] - right[1] ||
  left[2] - right[2] ||
  left[3] - right[3] ||
  left[4] - right[4] ||
  compareText(left[5], right[5]);

/**
 * Compares two semver releases, oldest first (contract 13.3). The package is ignored. Pre-releases compare as text, so `rc10` sorts before
 * `rc2`, and every pre-release before its final version. Pre-releases are ASCII: for the same order, a database must compare them byte by
 * byte, not by a locale.
 *
 * @example releases.toSorted(compareSemver)
 */
export const compareSemver = (left: SemverOrder, right: SemverOrder): number => compareSemverKeys(semverKey(left), semverKey(right));

/** How many of the newest open releases of a project `followsSemver` considers. */
export const followsSemverWindow = 10;

/**
 * Returns whether the releases of a project are ordered by version rather than by date (contract 13.4). `newestFirst` has for each of its
 * newest open releases whether it is semver; only the first ten count. One or two releases: the newest must be semver. Three to nine: any of
 * the newest three. Ten: any of the newest three, and at least three of the ten. Without releases: false.
 */
export const followsSemver = (newestFirst: readonly boolean[]): boolean => {
  const window = newestFirst.slice(0, followsSemverWindow);
  if (window.length <= 2) return window[0] === true;
  if (!window.slice(0, 3).includes(true)) return false;
  return window.length < followsSemverWindow || window.filter((isSemver) => isSemver).length >= 3;
};
