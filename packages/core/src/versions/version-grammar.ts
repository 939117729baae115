const identifier = "(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
const grammar = new RegExp(
  "^([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?(?:\\.([0-9]+))?" +
    `((?:-|[a-z])${identifier}?(?:\\.${identifier})*)?` +
    "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$",
);

/**
 * A version written in the grammar of contract 13.1, step 3. The four numbers are the decimal digits as written (`"003"`), or `"0"`
 * where none was written: text, because a version may hold numbers that no JS number can.
 */
export type VersionParts = {
  major: string;
  minor: string;
  patch: string;
  revision: string;
  /** The pre-release without its leading dash; null when there is none or only the dash. */
  pre: string | null;
  /** What follows `+`, or null. */
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
 * Reads `major[.minor[.patch[.revision]]][-pre][+build]`, or answers null when the text is not of that form. Where two or more
 * numbers are written the pre-release may start with a lower-case letter instead of a dash (`1.0rc1`). Linear time; never throws.
 * It does not know packages and hashes: see `parseVersion`.
 */
export const parseVersionGrammar = (text: string): VersionParts | null => {
  const match = grammar.exec(text);
  const major = match?.[1];
  if (match === null || major === undefined) return null;
  const [, , minor, patch, revision, written, buildCode] = match;
  const components = countComponents(minor, patch, revision);
  const hasDash = written?.startsWith("-") === true;
  if (components === 1 && written !== undefined && !hasDash) return null;
  const pre = hasDash ? written.slice(1) : written;
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
