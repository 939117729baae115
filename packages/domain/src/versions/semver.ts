import { safeInteger } from "./grammar.ts";
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

/** The columns stored with a release: all of them or none. `package !== null` says that it is a semver release (contract 13.2). */
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
 * The semver columns of a release, for storing when it is created; they are never derived again (contract 13.2). Every column is
 * null unless the name is `package@version`. `buildNumber` is the build code read as a number, or null when it is not plain digits.
 *
 * The wire's limit for a number is 2^63 - 1; ours is 2^53 - 1, because the columns are JS numbers and a rounded one would sort and
 * match wrongly. A release with a larger major, minor, patch or revision is stored as one that is not semver, after all that are;
 * with a larger build number only `buildNumber` is null, and `buildCode` keeps the text. Fifteen digits always fit, so dates such as
 * `20200101100` or `20210505090610` do, and so do microseconds since 1970; a date with milliseconds (17 digits) does not. Never throws.
 */
export const semverColumns = (release: string): SemverColumns => {
  const parsed = parseVersion(release);
  if (parsed === null || parsed.package === null || parsed.version === null) return { ...notSemver };
  const { version } = parsed;
  const major = safeInteger(version.major);
  const minor = safeInteger(version.minor);
  const patch = safeInteger(version.patch);
  const revision = safeInteger(version.revision);
  if (major === null || minor === null || patch === null || revision === null) return { ...notSemver };
  return {
    package: parsed.package,
    major,
    minor,
    patch,
    revision,
    prerelease: version.pre ?? "",
    buildCode: version.buildCode,
    buildNumber: buildNumberOf(version.buildCode),
  };
};

/** What a semver release is ordered by: four numbers and the pre-release, `""` for a final version. */
export type SemverOrder = { major: number; minor: number; patch: number; revision: number; prerelease: string };

/** `[major, minor, patch, revision, final, prerelease]`, compared from the left; `final` is 1 when there is no pre-release. */
export type SemverKey = readonly [major: number, minor: number, patch: number, revision: number, final: 0 | 1, prerelease: string];

/** The tuple that orders a version (contract 13.3). */
export const semverKey = (order: SemverOrder): SemverKey => [
  order.major,
  order.minor,
  order.patch,
  order.revision,
  order.prerelease === "" ? 1 : 0,
  order.prerelease,
];

const compareText = (left: string, right: string): number => (left === right ? 0 : left < right ? -1 : 1);

/** Orders two keys: negative when `left` is the older version, 0 when neither is, positive when it is the newer one. */
export const compareSemverKeys = (left: SemverKey, right: SemverKey): number =>
  left[0] - right[0] ||
  left[1] - right[1] ||
  left[2] - right[2] ||
  left[3] - right[3] ||
  left[4] - right[4] ||
  compareText(left[5], right[5]);

/**
 * Orders two semver releases, oldest first (contract 13.3). The package is not compared. Pre-releases compare as text, so `rc10`
 * comes before `rc2`, and every pre-release before its final version. Pre-releases are ASCII: a database that is to give the same
 * order must compare them byte by byte, not by a locale.
 *
 * @example releases.toSorted(compareSemver)
 */
export const compareSemver = (left: SemverOrder, right: SemverOrder): number => compareSemverKeys(semverKey(left), semverKey(right));

/** How many of the newest open releases of a project `followsSemver` looks at. */
const followsSemverWindow = 10;

/**
 * Whether a project's releases are ordered by version rather than by date, judged by its newest open releases (contract 13.4).
 * Takes, newest first, whether each is semver; what comes after the tenth is not looked at. One or two releases: the newest decides.
 * Three to nine: any of the newest three. Ten: any of the newest three, and at least three of the ten. None: false.
 */
export const followsSemver = (newestFirst: readonly boolean[]): boolean => {
  const window = newestFirst.slice(0, followsSemverWindow);
  if (window.length <= 2) return window[0] === true;
  if (!window.slice(0, 3).includes(true)) return false;
  return window.length < followsSemverWindow || window.filter((isSemver) => isSemver).length >= 3;
};
