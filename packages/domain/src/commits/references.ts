/** What looks like a ticket and is none: "UTF-8", "SHA-256". */
const NOT_TICKETS = "AES|BASE|CP|COVID|CVE|ECMA|ES|FIPS|GPT|HTTP|IEEE|IPV|ISO|MD|PKCS|RC|RFC|RSA|SHA|SSL|TCP|TLS|US|UTF|WIN";

const REQUEST = String.raw`(?:[\w.-]+(?:\/[\w.-]+)+)?[#!][1-9]\d{0,9}`;
const TICKET = `(?!(?:${NOT_TICKETS})-)[A-Z][A-Z0-9_]{1,19}-\\d{1,10}`;

/** The source of a regular expression for a request or ticket: "#123", "!12", "acme/web#7", "GH-1", "PROJ-12". */
const REFERENCE = String.raw`(?<![\w#&/!.-])(?:${REQUEST}|${TICKET})(?![\w-])`;

const EVERY = new RegExp(REFERENCE, "gu");
const SEVERAL = String.raw`${REFERENCE}(?:(?:,| and|)\s*${REFERENCE})*`;
const TRAILING = new RegExp(String.raw` ?[([]${SEVERAL}[)\]]$`, "u");

const KEYWORDS =
  "close[sd]?|fix(?:e[sd])?|resolve[sd]?|implements?|refs?|references|see|related? to|part of|issues?|tickets?|jira|merge request";

const AFTER_KEYWORD = new RegExp(String.raw`\b(?:${KEYWORDS})\b:?\s+(${SEVERAL})`, "giu");
const ALONE = new RegExp(`^${SEVERAL}$`, "u");

/** Whether a word would be taken for an address by some reader of Markdown. */
export const isUrlOrEmail = (word: string): boolean => /:\/\/|@|www\./i.test(word);

/** The references in a line, each once, in order. Addresses hold none. */
export function referencesIn(line: string): string[] {
  const words = line.split(/\s+/).filter((word) => !isUrlOrEmail(word));
  return [...new Set(words.join(" ").match(EVERY))];
}

/**
 * The references in the rest of a message: those a keyword stands before ("Closes #12, #13"), and lines of nothing else. Others are
 * about what the message quotes.
 */
export function referencesBelow(lines: readonly string[]): string[] {
  const found = lines.flatMap((line) => {
    if (ALONE.test(line)) return referencesIn(line);
    return [...line.matchAll(AFTER_KEYWORD)].flatMap(([, list = ""]) => referencesIn(list));
  });
  return [...new Set(found)];
}

/** A subject without the references in brackets at its end, which tools append: "add wings (#12)". */
export function withoutTrailingReferences(subject: string): string {
  const shorter = subject.replace(TRAILING, "");
  return shorter === subject || shorter === "" ? subject : withoutTrailingReferences(shorter);
}

/** A text cut where references begin and end: every second part is one. */
export const splitAtReferences = (text: string): string[] => text.split(new RegExp(`(${REFERENCE})`, "u"));

/** Where the commits and requests of a repository are to be looked at. Each answers an address, or null where there is none. */
export interface RepositoryLinks {
  commit(sha: string): string | null;
  reference(text: string): string | null;
}

type Host = { readonly commit: string; readonly issue: string; readonly request: string; readonly hasGh: boolean };

const GITHUB: Host = { commit: "/commit/", issue: "/issues/", request: "/pull/", hasGh: true };
const GITLAB: Host = { commit: "/-/commit/", issue: "/-/issues/", request: "/-/merge_requests/", hasGh: false };
const BITBUCKET: Host = { commit: "/commits/", issue: "/pull-requests/", request: "/pull-requests/", hasGh: false };

/** Told by the name of the host: most people run their own under such a name. */
const HOSTS: readonly (readonly [RegExp, Host])[] = [
  [/(?:^|[.-])(?:github|gitea|forgejo|codeberg)(?:[.-]|$)/, GITHUB],
  [/(?:^|[.-])gitlab(?:[.-]|$)/, GITLAB],
  [/(?:^|[.-])bitbucket(?:[.-]|$)/, BITBUCKET],
];

const NONE: RepositoryLinks = { commit: () => null, reference: () => null };
const PATH = /^(?:\/[\w.~-]+){2,}$/;

/** The links of a repository at an http(s) address on a known host; without those, none. */
export function repositoryLinks(url: string | null): RepositoryLinks {
  const at = url !== null && URL.canParse(url) ? new URL(url) : null;
  const host = at && HOSTS.find(([name]) => name.test(at.hostname))?.[1];
  const path = at?.pathname.replace(/\/+$/, "").replace(/\.git$/, "") ?? "";
  if (!at || !host || !/^https?:$/.test(at.protocol) || !PATH.test(path)) return NONE;
  return {
    commit: (sha) => (/^[\da-f]{7,64}$/i.test(sha) ? `${at.origin}${path}${host.commit}${sha}` : null),
    reference: (text) => referenceAt(at.origin, path, host, text),
  };
}

function referenceAt(origin: string, path: string, host: Host, text: string): string | null {
  const { other, mark, number, gh } = /^(?:(?<other>[\w./-]*)(?<mark>[#!])(?<number>\d+)|GH-(?<gh>\d+))$/.exec(text)?.groups ?? {};
  if (gh !== undefined) return host.hasGh ? `${origin}${path}${host.issue}${gh}` : null;
  if (number === undefined) return null;
  const place = other ? `/${other}` : path;
  return PATH.test(place) ? `${origin}${place}${mark === "!" ? host.request : host.issue}${number}` : null;
}
