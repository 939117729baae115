import { parseVersionGrammar, safeInteger } from "@landfall/domain/versions/grammar";
import { type SemverKey, semverKey } from "@landfall/domain/versions/semver";

/** What somebody may have meant. Several at once: "deadbeef" is the beginning of a hash and a word. */
export type SearchQuery = {
  readonly text: string;
  /** The numbers of a version written without its package, as "4.3.1". */
  readonly numbers: SemverKey | null;
  /** The beginning of a hash, in small letters. */
  readonly sha: string | null;
  /** The number of a request or ticket as messages write it: "#123", "!12", "PROJ-12". Then nothing else is meant by the text. */
  readonly reference: string | null;
  /** What a message must contain, every one. */
  readonly words: readonly string[];
};

const SHA = /^[0-9a-f]{4,64}$/i;
const REFERENCE = /^(?:[#!]\d{1,12}|[a-z][a-z0-9_]{0,19}-\d{1,12})$/i;
const MOST_WORDS = 8;

/** Understands what is searched for; `text` is trimmed and not empty. */
export function parseSearchQuery(text: string): SearchQuery {
  const reference = REFERENCE.test(text) ? text : null;
  return {
    text,
    numbers: numbersOf(text),
    sha: SHA.test(text) ? text.toLowerCase() : null,
    reference,
    words: text.split(/\s+/).slice(0, MOST_WORDS),
  };
}

/** Versions of one number are too many things. */
function numbersOf(text: string): SemverKey | null {
  const version = parseVersionGrammar(text.replace(/^v(?=\d)/, ""));
  if (version === null || version.components === 1) return null;
  const [major, minor, patch, revision] = [version.major, version.minor, version.patch, version.revision].map(safeInteger);
  if (major == null || minor == null || patch == null || revision == null) return null;
  return semverKey({ major, minor, patch, revision, prerelease: version.pre ?? "" });
}
