/** Prefixes that look like a ticket but are not: "UTF-8", "SHA-256". */
const NOT_TICKETS = "AES|BASE|CP|COVID|CVE|ECMA|ES|FIPS|GPT|HTTP|IEEE|IPV|ISO|MD|PKCS|RC|RFC|RSA|SHA|SSL|TCP|TLS|US|UTF|WIN";

const REQUEST = String.raw`(?:[\w.-]+(?:\/[\w.-]+)+)?[#!][1-9]\d{0,9}`;
const TICKET = `(?!(?:${NOT_TICKETS})-)[A-Z][A-Z0-9_]{1,19}-\\d{1,10}`;

/** The source of a regular expression for a pull request, issue, or ticket: "#123", "!12", "acme/web#7", "GH-1", "PROJ-12". */
const REFERENCE = String.raw`(?<![\w#&/!.-])(?:${REQUEST}|${TICKET})(?![\w-])`;

const ALL = new RegExp(REFERENCE, "gu");
const SEVERAL = String.raw`${REFERENCE}(?:(?:,| and|)\s*${REFERENCE})*`;
const TRAILING = new RegExp(String.raw` ?[([]${SEVERAL}[)\]]$`, "u");

const KEYWORDS =
  "close[sd]?|fix(?:e[sd])?|resolve[sd]?|implements?|refs?|references|see|related? to|part of|issues?|tickets?|jira|merge request";

const AFTER_KEYWORD = new RegExp(String.raw`\b(?:${KEYWORDS})\b:?\s+(${SEVERAL})`, "giu");
const ALONE = new RegExp(`^${SEVERAL}$`, "u");

/** Returns whether a Markdown renderer could turn a word into a link: a URL or an email address. */
export const isUrlOrEmail = (word: string): boolean => /:\/\/|@|www\./i.test(word);

/** Returns the distinct references in a line, in order. URLs and email addresses are ignored. */
export function referencesIn(line: string): string[] {
  const words = line.split(/\s+/).filter((word) => !isUrlOrEmail(word));
  return [...new Set(words.join(" ").match(ALL))];
}

/**
 * Returns the distinct references in the body of a message: those after a keyword ("Closes #12, #13"), and lines of references alone.
 * Other references are taken for quotes.
 */
export function referencesInBody(lines: readonly string[]): string[] {
  const found = lines.flatMap((line) => {
    if (ALONE.test(line)) return referencesIn(line);
    return [...line.matchAll(AFTER_KEYWORD)].flatMap(([, list = ""]) => referencesIn(list));
  });
  return [...new Set(found)];
}

/** Returns a subject without the references in brackets that tools append: "add wings (#12)" becomes "add wings". */
export function withoutTrailingReferences(subject: string): string {
  const shorter = subject.replace(TRAILING, "");
  return shorter === subject || shorter === "" ? subject : withoutTrailingReferences(shorter);
}

/** Splits a text at its references. Every second part is a reference. */
export const splitAtReferences = (text: string): string[] => text.split(new RegExp(`(${REFERENCE})`, "u"));
