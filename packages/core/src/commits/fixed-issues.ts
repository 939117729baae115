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
