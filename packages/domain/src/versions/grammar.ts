const identifier = "(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";

const grammar = new RegExp(
  "^([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?(?:\\.([0-9]+))?" +
    `((?:-|[a-z])${identifier}?(?:\\.${identifier})*)?` +
    "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$",
);

/**
 * A version in the grammar of contract 13.1, step 3. The four numbers are decimal digits as written (`"003"`), or `"0"` if missing. They are
 * text, because a version may contain numbers that exceed a JS number.
 */
export type VersionParts = {
  major: string;
  minor: string;
  patch: string;
  revision: string;
  /** The pre-release without its leading dash; null if there is none, or only the dash. */
  pre: string | null;
  /** The text after `+`, or null. */
  buildCode: string | null;
  /** How many of the four numbers were written. */
  components: 1 | 2 | 3 | 4;
};

const countComponents = (minor: string | undefined, patch: string | undefined, revision: string | undefined): 1 | 2 | 3 | 4 => {
  if (revision !== undefined) return 4;
  if (patch !== undefined) return 3;
  return minor === undefined ? 1 : 2;
};

/**
 * Parses `major[.minor[.patch[.revision]]][-pre][+build]`. Returns null if the text does not have that form. With two or more numbers, the
 * pre-release may start with a lower-case letter instead of a dash (`1.0rc1`). Linear time; never throws. For packages and hashes see
 * `parseVersion`.
 */
export const parseVersionGrammar = (text: string): VersionParts | null => {
  const match = grammar.exec(text);
  const major = match?.[1];
  if (match === null || major === undefined) return null;
  const [, , minor, patch, revision, suffix, buildCode] = match;
  const components = countComponents(minor, patch, revision);
  const hasDash = suffix?.startsWith("-") === true;
  if (components === 1 && suffix !== undefined && !hasDash) return null;
  const pre = hasDash ? suffix.slice(1) : suffix;
  return {
    major,
    minor: minor ?? "0",
    patch: patch ?? "0",
    revision: revision ?? "0",
    pre: pre === undefined || pre === "" ? null : pre,
    buildCode: buildCode ?? null,
    components,
  };
};

const packageAndVersion = /^(@?[^@]+)@(.+)$/s;

export type PackageSplit = { package: string | null; raw: string };

/**
 * Splits `package@version` at the first `@` that has text before and after it (contract 13.1, step 1). Without such an `@` the package is
 * null and `raw` is the whole text. Never throws.
 *
 * @example splitPackage("@scope@1.0") // { package: "@scope", raw: "1.0" }
 * @example splitPackage("foo@") // { package: null, raw: "foo@" }
 */
export const splitPackage = (text: string): PackageSplit => {
  const match = packageAndVersion.exec(text);
  const name = match?.[1];
  const raw = match?.[2];
  return name === undefined || raw === undefined ? { package: null, raw: text } : { package: name, raw };
};

const hashLengths: ReadonlySet<number> = new Set([12, 16, 20, 32, 40, 64]);
const hexOnly = /^[0-9a-f]+$/i;

/**
 * Returns whether a text is treated as a commit or build hash: 12, 16, 20, 32, 40, or 64 hex digits of either case (contract 13.1, step 2).
 * This includes plain digits, so `foo@202105050906` contains a hash and not a version.
 */
export const isBuildHash = (text: string): boolean => hashLengths.has(text.length) && hexOnly.test(text);

/** Returns the first 12 digits of a hash, as descriptions show it (contract 13.1, step 7). */
export const shortHash = (hash: string): string => hash.slice(0, 12);

/**
 * Converts decimal digits to a number. Returns null above `Number.MAX_SAFE_INTEGER` (2^53 - 1), where a JS number, a JSON reader, or a column
 * declared as a JS number would round it. The test is exact, because every integer above the limit rounds to one above it. Expects digits
 * only.
 *
 * @example safeInteger("007") // 7
 * @example safeInteger("9007199254740993") // null
 */
export const safeInteger = (digits: string): number | null => {
  const value = Number(digits);
  return value <= Number.MAX_SAFE_INTEGER ? value : null;
};
