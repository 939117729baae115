import { isBuildHash, shortHash } from "./build-hash.ts";
import { acceptedReleaseText } from "./release-text.ts";
import { splitPackage } from "./split-package.ts";
import { parseVersionGrammar, type VersionParts } from "./version-grammar.ts";

/** What the name of a release says about itself (contract 13.1). */
export type ParsedRelease = {
  package: string | null;
  /** The text after `package@`, or the whole name where there is no package. */
  raw: string;
  /** Null when the name is not `package@version` in the version grammar; a bare `1.2.3` is not. */
  version: VersionParts | null;
  /** The short form for people, such as `1.0 (42)`. */
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
 * Takes the name of a release apart (contract 13.1), or answers null when the parser refuses it: over 200 bytes of UTF-8, `.`,
 * `..`, `latest`, or a slash, backslash or control character. Surrounding white space is not part of the answer. Never throws.
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
