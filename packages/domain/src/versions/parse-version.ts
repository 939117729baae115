import { isBuildHash, parseVersionGrammar, shortHash, splitPackage, type VersionParts } from "./grammar.ts";

/** The parts of the name of a release (contract 13.1). */
export type ParsedRelease = {
  package: string | null;
  /** The text after `package@`, or the whole name if there is no package. */
  raw: string;
  /** Null if the name is not `package@version` in the version grammar. `1.2.3` without a package is not. */
  version: VersionParts | null;
  /** The short form for display, such as `1.0 (42)`. */
  description: string;
  buildHash: string | null;
};

const describe = (text: string, raw: string, version: VersionParts | null, buildHash: string | null): string => {
  if (version === null) return buildHash === null ? text : shortHash(buildHash);
  if (version.buildCode === null) return raw;
  const number = raw.slice(0, raw.length - version.buildCode.length - 1);
  return `${number} (${buildHash === null ? version.buildCode : shortHash(buildHash)})`;
};

/**
 * Parses the name of a release (contract 13.1). Returns null for a name that the parser rejects: over 200 bytes of UTF-8, `.`, `..`,
 * `latest`, or with a slash, backslash, or control character. Surrounding white space is trimmed. Never throws.
 *
 * @example parseVersion("app@1.0a+42") // { package: "app", raw: "1.0a+42", version: { major: "1", … }, description: "1.0a (42)", … }
 */
export const parseVersion = (release: string): ParsedRelease | null => {
  const text = acceptedReleaseText(release);
  if (text === null) return null;
  const { package: name, raw } = splitPackage(text);
  const rawIsHash = isBuildHash(raw);
  const version = name === null || rawIsHash ? null : parseVersionGrammar(raw);
  const buildCode = version?.buildCode ?? null;
  const buildHash = rawIsHash ? raw : buildCode !== null && isBuildHash(buildCode) ? buildCode : null;
  return { package: name, raw, version, description: describe(text, raw, version, buildHash), buildHash };
};

const maxBytes = 200;

const isWhiteSpace = (code: number): boolean =>
  code === 0x20 ||
  (code >= 0x09 && code <= 0x0d) ||
  code === 0x85 ||
  code === 0xa0 ||
  code === 0x1680 ||
  (code >= 0x2000 && code <= 0x200a) ||
  code === 0x2028 ||
  code === 0x2029 ||
  code === 0x202f ||
  code === 0x205f ||
  code === 0x3000;

/** Trims Unicode White_Space. Unlike `String.trim`, this removes U+0085 and keeps U+FEFF. */
const trimWhiteSpace = (text: string): string => {
  let start = 0;
  let end = text.length;
  while (start < end && isWhiteSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isWhiteSpace(text.charCodeAt(end - 1))) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
};

const hasInvalidCharacter = (text: string): boolean => {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x7f || code === 0x2f || code === 0x5c) return true;
  }
  return false;
};

// One UTF-16 unit takes at most three bytes, so the bytes of most names need not be counted.
const isTooLong = (text: string): boolean => text.length > maxBytes || (text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes);

/**
 * Returns the trimmed name of a release, or null if the version parser rejects it (contract 13.1): more than 200 bytes of UTF-8, `.`, `..`,
 * `latest` in any case, empty, or with a slash, backslash, or control character. A release can have a rejected name; it then has no
 * `versionInfo` and no semver columns. Never throws.
 *
 * @example acceptedReleaseText(" frontend@1.0.0 ") // "frontend@1.0.0"
 */
export const acceptedReleaseText = (release: string): string | null => {
  const text = trimWhiteSpace(release);
  if (text === "" || text === "." || text === ".." || isTooLong(text) || hasInvalidCharacter(text)) return null;
  return text.length === 6 && text.toLowerCase() === "latest" ? null : text;
};
