import { LISTED_MESSAGE_BYTES, STORED_MESSAGE_BYTES } from "@landfall/schema/constants";
import type { CommitInput } from "@landfall/schema/releases/commits";

/** A message that contains this keeps its commit out of releases (contract 14.1). */
export const SKIP_MARKER = "#skipsentry";

export const isSkipped = ({ message }: CommitInput): boolean => message?.includes(SKIP_MARKER) ?? false;

/**
 * The commits of a list in stored order: newest timestamp first, those without one last, ties as sent; commits whose message
 * says `#skipsentry` are left out (contract 14.1, 19).
 */
export function orderCommits(commits: readonly CommitInput[]): CommitInput[] {
  const time = ({ timestamp }: CommitInput) => timestamp?.getTime() ?? Number.NEGATIVE_INFINITY;
  return commits.filter((commit) => !isSkipped(commit)).toSorted((a, b) => compareTimes(time(b), time(a)));
}

/** Subtracting would answer NaN for two missing timestamps. */
const compareTimes = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

const MAX_EMAIL_LENGTH = 75;

/**
 * The address a commit's author is known by, in lower case, or null for nobody (contract 14.4): the one sent; without one, made
 * from the name (`Foo Bar` → `foobar@localhost`); longer than 75 characters, cut to 72 and `...`.
 */
export function authorEmail(email: string | null | undefined, name: string | null | undefined): string | null {
  if (email === "") return null;
  const address = email ?? (name ? `${name.replace(/[^A-Za-z0-9_.-]/g, "")}@localhost` : null);
  if (address === null) return null;
  const characters = [...address.toLowerCase()];
  return characters.length > MAX_EMAIL_LENGTH ? `${characters.slice(0, MAX_EMAIL_LENGTH - 3).join("")}...` : characters.join("");
}

const STORED_SUFFIX = "\n\n[The rest of this message is not stored.]";
const LISTED_SUFFIX = "…";

/** A commit message as it is stored: at most 64 KiB, with a sentence at the end if it was longer. */
export const storedMessage = (message: string): string => truncate(message, STORED_MESSAGE_BYTES, STORED_SUFFIX);

/** A stored commit message as lists contain it: at most 4 KiB, with an ellipsis at the end if it was longer. */
export const listedMessage = (message: string | null): string | null =>
  message === null ? null : truncate(message, LISTED_MESSAGE_BYTES, LISTED_SUFFIX);

/** At most `most` bytes of a text in UTF-8, whole characters, with `mark` in place of the rest. */
function truncate(text: string, most: number, mark: string): string {
  if (text.length * 3 <= most || Buffer.byteLength(text) <= most) return text;
  const start = Buffer.from(text.slice(0, most)).subarray(0, most - Buffer.byteLength(mark));
  // A streaming decoder leaves out a character that is not complete.
  return new TextDecoder().decode(start, { stream: true }) + mark;
}

const FIXES = /\b(?:Fix|Fixes|Fixed|Close|Closes|Closed|Resolve|Resolves|Resolved):?\s+((?:[A-Z0-9_-]+-[A-Z0-9]+\b[,\s]*(?:and\s+)?)+)/gi;
const ISSUE = /[A-Z0-9_-]+-[A-Z0-9]+/gi;

/** A message longer than this is looked at only so far: nobody names issues after 64 KiB. */
const MAX_SCANNED_LENGTH = 65_536;

/** The issue keys a commit message says it fixes (`Fixes APP-12, APP-7`), upper case, each once (contract 14.9). */
export function fixedIssues(message: string): string[] {
  if (!/fix|close|resolve/i.test(message)) return [];
  const keys = [...scannedPart(message).matchAll(FIXES)].flatMap(([, list = ""]) => list.match(ISSUE) ?? []);
  return [...new Set(keys.map((key) => key.toUpperCase()))];
}

/** The part that is looked at, without the first half of a key: it would be another key. */
function scannedPart(message: string): string {
  let end = Math.min(message.length, MAX_SCANNED_LENGTH);
  while (end > 0 && end < message.length && KEY_CHARACTER.test(message.charAt(end)) && KEY_CHARACTER.test(message.charAt(end - 1)))
    end -= 1;
  return message.slice(0, end);
}

const KEY_CHARACTER = /[A-Z0-9_-]/i;
