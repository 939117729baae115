import { parseVersionGrammar, splitPackage } from "@landfall/domain/versions/grammar";
import { type SemverKey, semverKeyOf } from "@landfall/domain/versions/semver";

/** The possible meanings of a search text. There can be several: "deadbeef" is the beginning of a hash and a word. */
export type SearchQuery = {
  readonly text: string;
  /** The key of a version without its package, such as "4.3.1". */
  readonly versionKey: SemverKey | null;
  /** A release as pages name it, with its package or project: "web 5.2.1", "shop web@5.2.1". */
  readonly release: NamedRelease | null;
  /** The beginning of a hash, in lower case. */
  readonly sha: string | null;
  /** The number of a pull request or ticket as in messages: "#123", "!12", "PROJ-12". The text then has no other meaning. */
  readonly reference: string | null;
  /** The words that a message must contain, all of them. */
  readonly words: readonly string[];
};

/** The words of "web 5.2.1" or "shop web@5.2.1": a package or project, and a version. */
export type NamedRelease = {
  readonly name: string;
  readonly version: string;
  /** The key of the version without its package. */
  readonly versionKey: SemverKey | null;
};

const NAMED = /^(?<name>\S+)\s+(?<version>\S+)$/;
const SHA = /^[0-9a-f]{4,64}$/i;
const REFERENCE = /^(?:[#!]\d{1,12}|[a-z][a-z0-9_]{0,19}-\d{1,12})$/i;
const MAX_WORDS = 8;

/** Returns the possible meanings of a search text, which must be trimmed and not empty. */
export function parseSearchQuery(text: string): SearchQuery {
  const reference = REFERENCE.test(text) ? text : null;
  return {
    text,
    versionKey: versionKeyOf(text),
    release: namedRelease(text),
    sha: SHA.test(text) ? text.toLowerCase() : null,
    reference,
    words: text.split(/\s+/).slice(0, MAX_WORDS),
  };
}

function namedRelease(text: string): NamedRelease | null {
  const { name, version } = NAMED.exec(text)?.groups ?? {};
  return name === undefined || version === undefined ? null : { name, version, versionKey: versionKeyOf(splitPackage(version).raw) };
}

/** A single number is not taken for a version, because it can mean too many things. */
function versionKeyOf(text: string): SemverKey | null {
  const version = parseVersionGrammar(text.replace(/^v(?=\d)/, ""));
  return version === null || version.components === 1 ? null : semverKeyOf(version);
}
