import { authorEmail } from "../commits/reported-commit.ts";
import type { AuthorGroups } from "./author-groups.ts";

/** One line of a .mailmap. */
export type MailmapEntry = {
  /** Counted from 1. */
  readonly line: number;
  /** The proper name; null if the line has none. */
  readonly name: string | null;
  /** The proper email. */
  readonly email: string;
  /** The author name of the commits that the line applies to; null for any. */
  readonly commitName: string | null;
  /** The email in commits; the proper one if the line has only that. */
  readonly commitEmail: string;
};

type MailmapProblem = { readonly line: number; readonly message: string };

type Mailmap = { readonly entries: MailmapEntry[]; readonly problems: MailmapProblem[] };

/** The longest author name of a commit. */
const MAX_NAME_LENGTH = 128;

/** An optional name and an email in angle brackets. */
const PAIR = /^([^<]*)<([^>]*)>/;

/**
 * Reads a .mailmap as git does (gitmailmap): `Proper Name <commit@x>`, `<proper@x> <commit@x>`, `Proper Name <proper@x> <commit@x>` and
 * `Proper Name <proper@x> Commit Name <commit@x>`, with comments after `#` on separate lines or after the emails. Emails are returned in
 * lower case, because their comparison ignores case. Never throws: a line that cannot be parsed is a problem.
 */
export function parseMailmap(text: string): Mailmap {
  const entries: MailmapEntry[] = [];
  const problems: MailmapProblem[] = [];
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  for (const [index, content] of lines.entries()) {
    const result = parseLine(content.trim(), index + 1);
    if (typeof result === "string") problems.push({ line: index + 1, message: result });
    else if (result) entries.push(result);
  }
  return { entries, problems };
}

/** Returns the entry of a line, undefined for a blank line or comment, or the problem as a sentence. */
function parseLine(content: string, line: number): MailmapEntry | string | undefined {
  if (content === "" || content.startsWith("#")) return undefined;
  const first = PAIR.exec(content);
  if (!first) return "No email address in angle brackets.";
  const [matched, name, email] = [first[0], nameOf(first[1]), emailOf(first[2])];
  if (email === "") return "The first email address is empty.";
  const rest = content.slice(matched.length).trim();
  const second = rest.startsWith("#") ? null : PAIR.exec(rest);
  if (!second) {
    if (rest !== "" && !rest.startsWith("#")) return "The text after the first email address must be a second one in angle brackets.";
    return name === null
      ? "A single email address needs a name before it or a second email address after it."
      : checkName({ line, name, email, commitName: null, commitEmail: email });
  }
  const commitEmail = emailOf(second[2]);
  if (commitEmail === "") return "The second email address is empty.";
  return checkName({ line, name, email, commitName: nameOf(second[1]), commitEmail });
}

const checkName = (entry: MailmapEntry): MailmapEntry | string =>
  [...(entry.name ?? "")].length > MAX_NAME_LENGTH ? `The proper name is longer than ${MAX_NAME_LENGTH} characters.` : entry;

const nameOf = (text = ""): string | null => text.trim() || null;

const emailOf = (text = ""): string => text.trim().toLowerCase();

export type MailmapResult = {
  /** Emails of the file that neither a commit nor a member has. */
  readonly unknown: string[];
  readonly problems: MailmapProblem[];
};

/** Returns the entries with emails cut to the length that is stored for commits. */
export const normalizedEntries = ({ entries }: Mailmap): MailmapEntry[] =>
  entries.map((entry) => ({ ...entry, email: normalizedEmail(entry.email), commitEmail: normalizedEmail(entry.commitEmail) }));

const normalizedEmail = (email: string): string => authorEmail(email, null) ?? email;

/**
 * Applies the lines of a .mailmap that are about known emails to `groups`; of conflicting lines, the last one wins. A proper email that no
 * commit has is added if one of its other emails is known. Idempotent.
 */
export function applyMailmap(groups: AuthorGroups, entries: readonly MailmapEntry[]): MailmapResult {
  const shared = sharedEmails(entries);
  addProperEmails(groups, entries);
  const unknown = new Set<string>();
  const problems: MailmapProblem[] = [];
  const applied: MailmapEntry[] = [];
  for (const entry of entries) {
    const { line, email, commitEmail } = entry;
    const missing = [email, commitEmail].filter((one) => !groups.isKnown(one));
    for (const one of missing) unknown.add(one);
    if (missing.includes(commitEmail)) continue;
    const problem = email === commitEmail ? null : applyEntry(groups, entry);
    if (problem === null) applied.push(entry);
    else problems.push({ line, message: problem });
  }
  correctNames(groups, applied, shared);
  return { unknown: [...unknown].toSorted(), problems };
}

/** Returns the emails that several people share, which the file distinguishes by name. Their names are not corrected. */
const sharedEmails = (entries: readonly MailmapEntry[]): Set<string> =>
  new Set(entries.flatMap(({ email, commitName, commitEmail }) => (commitName !== null && email !== commitEmail ? [commitEmail] : [])));

/** Adds the proper emails of known emails, which can make further emails known. */
function addProperEmails(groups: AuthorGroups, entries: readonly MailmapEntry[]): void {
  const byCommit = Map.groupBy(entries, ({ commitEmail }) => commitEmail);
  const queue = [...byCommit.keys()].filter((email) => groups.isKnown(email));
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const entry of byCommit.get(next) ?? []) {
      if (groups.isKnown(entry.email) || !matchesStoredName(groups, entry)) continue;
      groups.add(entry.email);
      queue.push(entry.email);
    }
  }
}

/** Returns whether the commit name of a line, if it has one, is the stored name of its commit email. */
function matchesStoredName(groups: AuthorGroups, { commitName, commitEmail }: MailmapEntry): boolean {
  return commitName === null || groups.nameOf(commitEmail)?.toLowerCase() === commitName.toLowerCase();
}

function applyEntry(groups: AuthorGroups, entry: MailmapEntry): string | null {
  const { email, commitName, commitEmail } = entry;
  if (!matchesStoredName(groups, entry))
    return `${commitEmail} has another name than ${commitName} here, and an email address can only be merged for all names.`;
  if (!groups.join(commitEmail, email)) return `${commitEmail} and ${email} belong to two members, who cannot be merged.`;
  groups.makeMain(email);
  return null;
}

/** The corrections of the name of one email. */
type Corrections = {
  /** The name that replaces any other; the last line wins. */
  always: string | null;
  /** The replacements of particular names, by the old name in lower case. */
  readonly byName: Map<string, string>;
};

/**
 * Corrects the names of proper emails, except those in `except`. A name that a correction produces is not corrected again, so that applying
 * the file twice changes nothing.
 */
function correctNames(groups: AuthorGroups, entries: readonly MailmapEntry[], except: ReadonlySet<string>): void {
  const byEmail = new Map<string, Corrections>();
  for (const { name, email, commitName, commitEmail } of entries) {
    if (name === null || except.has(email)) continue;
    const corrections = byEmail.get(email) ?? { always: null, byName: new Map<string, string>() };
    if (commitName !== null && email === commitEmail) corrections.byName.set(commitName.toLowerCase(), name);
    else corrections.always = name;
    byEmail.set(email, corrections);
  }
  for (const [email, corrections] of byEmail) {
    const stored = groups.nameOf(email);
    const name = correctedName(stored, corrections);
    if (name !== null && name !== stored) groups.rename(email, name);
  }
}

function correctedName(stored: string | null, { always, byName }: Corrections): string | null {
  const isCorrected = stored !== null && [...byName.values()].includes(stored);
  const name = stored !== null && (byName.has(stored.toLowerCase()) || isCorrected) ? stored : always;
  return name === null ? null : resolveName(name, byName);
}

/** Follows corrections of corrections. Returns the name itself if they form a cycle. */
function resolveName(name: string, byName: ReadonlyMap<string, string>): string {
  const seen = new Set<string>();
  for (let current = name; !seen.has(current);) {
    seen.add(current);
    const next = byName.get(current.toLowerCase());
    if (next === undefined || next === current) return current;
    current = next;
  }
  return name;
}
