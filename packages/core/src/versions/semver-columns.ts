import { parseVersion } from "./parse-version.ts";
import { safeInteger } from "./safe-integer.ts";

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
