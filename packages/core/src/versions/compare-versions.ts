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
