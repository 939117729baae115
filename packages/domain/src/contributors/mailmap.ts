import { authorEmail } from "../commits/reported-commit.ts";
import type { AuthorGroups } from "./author-groups.ts";

/** What a line of a .mailmap says. */
export type MailmapEntry = {
  /** Counted from 1. */
  readonly line: number;
  /** The proper name; null where the line gives none. */
  readonly name: string | null;
  /** The proper address. */
  readonly email: string;
  /** The name that commits with the other address must have for the line to be about them; null for any. */
  readonly commitName: string | null;
  /** The address in commits; the proper one where the line gives only that. */
  readonly commitEmail: string;
};

type MailmapProblem = { readonly line: number; readonly message: string };

type Mailmap = { readonly entries: MailmapEntry[]; readonly problems: MailmapProblem[] };

/** Names in commits are no longer than this. */
const MAX_NAME_LENGTH = 128;

/** A name, which may be missing, and an address in angle brackets. */
const PAIR = /^([^<]*)<([^>]*)>/;

/**
 * Reads a .mailmap as git does (gitmailmap): `Proper Name <commit@x>`, `<proper@x> <commit@x>`, `Proper Name <proper@x> <commit@x>` and
 * `Proper Name <proper@x> Commit Name <commit@x>`, with comments after `#` on lines of their own or after the addresses. Addresses are
 * answered in lower case, since they are compared without regard to case. Never throws: what cannot be read is a problem of its line.
 */
export function parseMailmap(text: string): Mailmap {
  const entries: MailmapEntry[] = [];
  const problems: MailmapProblem[] = [];
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  for (const [index, content] of lines.entries()) {
    const read = readLine(content.trim(), index + 1);
    if (typeof read === "string") problems.push({ line: index + 1, message: read });
    else if (read) entries.push(read);
  }
  return { entries, problems };
}

/** The entry of a line, undefined for none, or what is wrong with it. */
function readLine(content: string, line: number): MailmapEntry | string | undefined {
  if (content === "" || content.startsWith("#")) return undefined;
  const first = PAIR.exec(content);
  if (!first) return "There is no address in angle brackets.";
  const [whole, name, email] = [first[0], nameOf(first[1]), emailOf(first[2])];
  if (email === "") return "The first address is empty.";
  const rest = content.slice(whole.length).trim();
  const second = rest.startsWith("#") ? null : PAIR.exec(rest);
  if (!second) {
    if (rest !== "" && !rest.startsWith("#")) return "After the first address there is text, but no second address in angle brackets.";
    return name === null
      ? "One address says nothing without a name before it or a second one after it."
      : checkName({ line, name, email, commitName: null, commitEmail: email });
  }
  const commitEmail = emailOf(second[2]);
  if (commitEmail === "") return "The second address is empty.";
  return checkName({ line, name, email, commitName: nameOf(second[1]), commitEmail });
}

const checkName = (entry: MailmapEntry): MailmapEntry | string =>
  [...(entry.name ?? "")].length > MAX_NAME_LENGTH ? `The proper name is longer than ${MAX_NAME_LENGTH} characters.` : entry;

const nameOf = (text = ""): string | null => text.trim() || null;

const emailOf = (text = ""): string => text.trim().toLowerCase();

export type MailmapResult = {
  /** Addresses of the file that are nobody's. */
  readonly unknown: string[];
  readonly problems: MailmapProblem[];
};

/** The entries with addresses cut as those of commits are. */
export const normalizedEntries = ({ entries }: Mailmap): MailmapEntry[] =>
  entries.map((entry) => ({ ...entry, email: normalizedEmail(entry.email), commitEmail: normalizedEmail(entry.commitEmail) }));

const normalizedEmail = (email: string): string => authorEmail(email, null) ?? email;

/**
 * Does in `groups` what a .mailmap says about addresses that are somebody's: the later of two lines counts. A proper address no commit
 * gave is taken up when one of its other addresses is known. Doing it again changes nothing.
 */
export function applyMailmap(groups: AuthorGroups, entries: readonly MailmapEntry[]): MailmapResult {
  const apart = sharedEmails(entries);
  addProperEmails(groups, entries);
  const unknown = new Set<string>();
  const problems: MailmapProblem[] = [];
  const applied: MailmapEntry[] = [];
  for (const entry of entries) {
    const { line, email, commitEmail } = entry;
    const missing = [email, commitEmail].filter((one) => !groups.knows(one));
    for (const one of missing) unknown.add(one);
    if (missing.includes(commitEmail)) continue;
    const problem = email === commitEmail ? null : applyEntry(groups, entry);
    if (problem === null) applied.push(entry);
    else problems.push({ line, message: problem });
  }
  correctNames(groups, applied, apart);
  return { unknown: [...unknown].toSorted(), problems };
}

/** Addresses the file tells apart by names, as those that many people share: their names are what it goes by, and stay. */
const sharedEmails = (entries: readonly MailmapEntry[]): Set<string> =>
  new Set(entries.flatMap(({ email, commitName, commitEmail }) => (commitName !== null && email !== commitEmail ? [commitEmail] : [])));

/** Takes up proper addresses of known ones, which can make others known in turn. */
function addProperEmails(groups: AuthorGroups, entries: readonly MailmapEntry[]): void {
  const byCommit = Map.groupBy(entries, ({ commitEmail }) => commitEmail);
  const known = [...byCommit.keys()].filter((email) => groups.knows(email));
  for (let next = known.pop(); next !== undefined; next = known.pop()) {
    for (const entry of byCommit.get(next) ?? []) {
      if (groups.knows(entry.email) || !matchesStoredName(groups, entry)) continue;
      groups.add(entry.email);
      known.push(entry.email);
    }
  }
}

/** Whether the line is about what is stored of its address in commits, where it names who wrote them. */
function matchesStoredName(groups: AuthorGroups, { commitName, commitEmail }: MailmapEntry): boolean {
  return commitName === null || groups.nameOf(commitEmail)?.toLowerCase() === commitName.toLowerCase();
}

function applyEntry(groups: AuthorGroups, entry: MailmapEntry): string | null {
  const { email, commitName, commitEmail } = entry;
  if (!matchesStoredName(groups, entry))
    return `${commitEmail} is not known here by the name ${commitName}, and only whole addresses can be merged.`;
  if (!groups.join(commitEmail, email)) return `${commitEmail} and ${email} belong to two members, who cannot be merged.`;
  groups.lead(email);
  return null;
}

/** What a file says about the name of one address. */
type Corrections = {
  /** Whatever the name was; the last line counts. */
  always: string | null;
  /** By the name it was, in lower case. */
  readonly named: Map<string, string>;
};

/**
 * Corrects the names of proper addresses that commits gave or that were taken up, but of those in `except`. What is corrected to once is
 * right: a second time changes nothing.
 */
function correctNames(groups: AuthorGroups, entries: readonly MailmapEntry[], except: ReadonlySet<string>): void {
  const byAddress = new Map<string, Corrections>();
  for (const { name, email, commitName, commitEmail } of entries) {
    if (name === null || except.has(email)) continue;
    const corrections = byAddress.get(email) ?? { always: null, named: new Map<string, string>() };
    if (commitName !== null && email === commitEmail) corrections.named.set(commitName.toLowerCase(), name);
    else corrections.always = name;
    byAddress.set(email, corrections);
  }
  for (const [email, corrections] of byAddress) {
    const stored = groups.nameOf(email);
    const name = correctedName(stored, corrections);
    if (name !== null && name !== stored) groups.rename(email, name);
  }
}

function correctedName(stored: string | null, { always, named }: Corrections): string | null {
  const isRight = stored !== null && [...named.values()].includes(stored);
  const given = stored !== null && (named.has(stored.toLowerCase()) || isRight) ? stored : always;
  return given === null ? null : resolveName(given, named);
}

/** Where corrections of corrections lead to; the name itself where they go in a circle. */
function resolveName(name: string, named: ReadonlyMap<string, string>): string {
  const seen = new Set<string>();
  for (let at = name; !seen.has(at);) {
    seen.add(at);
    const next = named.get(at.toLowerCase());
    if (next === undefined || next === at) return at;
    at = next;
  }
  return name;
}
