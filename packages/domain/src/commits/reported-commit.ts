import { LISTED_MESSAGE_BYTES, STORED_MESSAGE_BYTES } from "@landfall/schema/constants";
import type { CommitInput } from "@landfall/schema/releases/commits";

/** Commits whose message contains this marker are left out of releases (contract 14.1). */
export const SKIP_MARKER = "#skipsentry";

export const isSkipped = ({ message }: CommitInput): boolean => message?.includes(SKIP_MARKER) ?? false;

/**
 * Returns the commits of a list in stored order: newest timestamp first, commits without one last, ties as sent. Commits whose message
 * contains `#skipsentry` are left out (contract 14.1, 19).
 */
export function orderCommits(commits: readonly CommitInput[]): CommitInput[] {
  const time = ({ timestamp }: CommitInput) => timestamp?.getTime() ?? Number.NEGATIVE_INFINITY;
  return commits.filter((commit) => !isSkipped(commit)).toSorted((a, b) => compareTimes(time(b), time(a)));
}

/** Subtraction would yield NaN for two missing timestamps. */
const compareTimes = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

const MAX_EMAIL_LENGTH = 75;

/**
 * Returns the email that identifies a commit's author, in lower case, or null if there is no author (contract 14.4): the email that was
 * sent, or one made from the name (`Foo Bar` → `foobar@localhost`). Above 75 characters it is cut to 72 and `...`.
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

/** Returns a commit message as stored: at most 64 KiB, with a sentence at the end if it was longer. */
export const storedMessage = (message: string): string => truncate(message, STORED_MESSAGE_BYTES, STORED_SUFFIX);

/** Returns a stored commit message as lists contain it: at most 4 KiB, with an ellipsis at the end if it was longer. */
export const listedMessage = (message: string | null): string | null =>
  message === null ? null : truncate(message, LISTED_MESSAGE_BYTES, LISTED_SUFFIX);

/** Returns a text cut to `maxBytes` bytes of UTF-8 at a character boundary, `suffix` included; a short text unchanged. */
function truncate(text: string, maxBytes: number, suffix: string): string {
  if (text.length * 3 <= maxBytes || Buffer.byteLength(text) <= maxBytes) return text;
  const start = Buffer.from(text.slice(0, maxBytes)).subarray(0, maxBytes - Buffer.byteLength(suffix));
  // A streaming decoder omits an incomplete character at the end.
  return new TextDecoder().decode(start, { stream: true }) + suffix;
}

const FIXES = /\b(?:Fix|Fixes|Fixed|Close|Closes|Closed|Resolve|Resolves|Resolved):?\s+((?:[A-Z0-9_-]+-[A-Z0-9]+\b[,\s]*(?:and\s+)?)+)/gi;
const ISSUE = /[A-Z0-9_-]+-[A-Z0-9]+/gi;

/** Only this much of a message is scanned for issues. */
const MAX_SCANNED_LENGTH = 65_536;

/** Returns the distinct issue keys that a commit message fixes (`Fixes APP-12, APP-7`), in upper case (contract 14.9). */
export function fixedIssues(message: string): string[] {
  if (!/fix|close|resolve/i.test(message)) return [];
  const keys = [...scannedPart(message).matchAll(FIXES)].flatMap(([, list = ""]) => list.match(ISSUE) ?? []);
  return [...new Set(keys.map((key) => key.toUpperCase()))];
}

/** Returns the part of a message to scan. It does not end inside a key, because half a key is another key. */
function scannedPart(message: string): string {
  let end = Math.min(message.length, MAX_SCANNED_LENGTH);
  while (end > 0 && end < message.length && KEY_CHARACTER.test(message.charAt(end)) && KEY_CHARACTER.test(message.charAt(end - 1)))
    end -= 1;
  return message.slice(0, end);
}

const KEY_CHARACTER = /[A-Z0-9_-]/i;
