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

export type MailmapProblem = { readonly line: number; readonly message: string };

export type Mailmap = { readonly entries: MailmapEntry[]; readonly problems: MailmapProblem[] };

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
