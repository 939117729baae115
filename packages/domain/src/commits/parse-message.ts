import { referencesBelow, referencesIn, withoutTrailingReferences } from "./references.ts";

/** A commit message as release notes tell it. */
export type ParsedMessage = {
  readonly section: SectionTitle;
  readonly scope: string | null;
  /** What was done, in one line, without type, scope and the references tools append. Never empty. */
  readonly text: string;
  readonly references: readonly string[];
};

const LONGEST_TEXT = 200;
const LONGEST_SCOPE = 60;

/** Longer subjects are cut before they are read. */
const LONGEST_SUBJECT = 500;

const MOST_LINES = 200;

/** More references of one change are not told. */
export const MOST_REFERENCES = 10;

const MERGE =
  /^(?:Merge (?:(?:remote-tracking )?branch(?:es)? ['"]|remote-tracking branch|tag ['"]|commit ['"]|pull request #|[\da-f]{7,64} into |["'])|Merged in .+ \(pull request #\d+\)|merge$)/;

const FIXUP = /^(?:(?:fixup|squash|amend)! )+/;
const REVERT = /^(?:revert "(?<quoted>.+)"|revert(?:\([^()]*\))?!?: (?<rest>\S.*))/i;
const HEADER = /^(?<type>[A-Za-z]+)(?:\((?<scope>[^()]*)\))?(?<bang>!)?: (?<text>\S.*)$/;
const BREAKING = /^BREAKING[ -]CHANGE(?:\([^()]*\))?: *(?<what>.*)$/;
const BUMP = /^(?:bump|update|upgrade|pin|unpin|lock file maintenance)\b/i;
const DEPENDENCIES = /^(?:deps|deps-dev|dependencies|dependency)$/i;

/**
 * Reads a commit message: Conventional Commits, reverts, and anything else as "Other changes". Null for a merge commit. Of what a
 * program wrote, only the subject is read: the rest quotes other projects.
 */
export function parseMessage(message: string | null, { isBot }: { readonly isBot: boolean }): ParsedMessage | null {
  const [first = "", ...rest] = (message ?? "").trimStart().split(/\r\n|[\r\n]/, MOST_LINES);
  const whole = plainLine(first, LONGEST_SUBJECT);
  if (MERGE.test(whole)) return null;
  const below = isBot ? [] : rest.map((line) => plainLine(line, LONGEST_SUBJECT));
  const references = [...new Set([...referencesIn(whole), ...referencesBelow(below)])].slice(0, MOST_REFERENCES);
  const subject = whole.replace(FIXUP, "");
  const reverted = REVERT.exec(subject)?.groups;
  const { section, scope, text } = readHeader(reverted?.["quoted"] ?? reverted?.["rest"] ?? subject, isBot);
  if (reverted) return { section: "Reverts", scope, text: shorten(text), references };
  const breaking = below.flatMap((line) => BREAKING.exec(line)?.groups?.["what"] ?? []).at(0);
  if (breaking === undefined) return { section, scope, text: shorten(text), references };
  return {
    section: "Breaking changes",
    scope,
    text: shorten(breaking === "" || breaking === text ? text : `${text} — ${breaking}`),
    references,
  };
}

const shorten = (text: string): string => plainLine(text, LONGEST_TEXT) || "(no message)";

function readHeader(subject: string, isBot: boolean): Pick<ParsedMessage, "section" | "scope" | "text"> {
  const { type = "", scope: written = "", bang, text = subject } = HEADER.exec(subject)?.groups ?? {};
  const known = sectionOfType(type);
  const scope = plainLine(written, LONGEST_SCOPE) || null;
  const isBump = known === "Dependencies" || DEPENDENCIES.test(written) || (isBot && BUMP.test(text));
  if (known === undefined) {
    const section = bang ? "Breaking changes" : isBot && (isBump || BUMP.test(subject)) ? "Dependencies" : "Other changes";
    return { section, scope: null, text: withoutTrailingReferences(subject) };
  }
  const section = bang ? "Breaking changes" : isBump ? "Dependencies" : known;
  return { section, scope: section === "Dependencies" && DEPENDENCIES.test(written) ? null : scope, text: withoutTrailingReferences(text) };
}

/** The sections of a draft in their order, with the types of commits that belong there (Conventional Commits, and how people write them). */
const SECTIONS = [
  ["Breaking changes", []],
  ["Features", ["feat", "feats", "feature", "features"]],
  ["Fixes", ["fix", "fixes", "bugfix", "hotfix", "bug"]],
  ["Performance", ["perf", "performance"]],
  ["Security", ["security", "sec"]],
  ["Improvements", ["improvement", "improvements", "improve", "enhancement"]],
  ["Reverts", []],
  ["Documentation", ["docs", "doc"]],
  ["Refactoring", ["refactor", "refactoring", "ref"]],
  ["Tests", ["test", "tests"]],
  ["Build", ["build"]],
  ["Continuous integration", ["ci"]],
  ["Style", ["style"]],
  ["Chores", ["chore", "chores"]],
  ["Other changes", []],
  ["Dependencies", ["deps", "dep"]],
] as const satisfies readonly (readonly [string, readonly string[]])[];

export type SectionTitle = (typeof SECTIONS)[number][0];

/** The titles of all sections, in the order they are shown. */
export const SECTION_TITLES: readonly SectionTitle[] = SECTIONS.map(([title]) => title);

const BY_TYPE: ReadonlyMap<string, SectionTitle> = new Map(
  SECTIONS.flatMap(([title, types]) => types.map((type): [string, SectionTitle] => [type, title])),
);

/** The section of a type of commit; undefined for a word that is no known type. */
const sectionOfType = (type: string): SectionTitle | undefined => BY_TYPE.get(type.toLowerCase());

/** Characters that end lines, steer terminals, or turn the direction of what follows. */
const INVISIBLE = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/** A text as one line, cut to so many characters: no control characters, single spaces. */
export function plainLine(text: string, longest: number): string {
  // Cut first: nobody sees what is thrown away, and a line may be megabytes long.
  const line = text
    .slice(0, longest * 4)
    .toWellFormed()
    .replaceAll(INVISIBLE, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();
  const characters = [...line];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : line;
}
