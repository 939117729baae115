import { referencesIn, referencesInBody, withoutTrailingReferences } from "./references.ts";

/** A commit message as release notes show it. */
export type ParsedMessage = {
  readonly section: SectionTitle;
  readonly scope: string | null;
  /** The change in one line, without the type, the scope, and the references that tools append. Never empty. */
  readonly text: string;
  readonly references: readonly string[];
};

const MAX_TEXT_LENGTH = 200;
const MAX_SCOPE_LENGTH = 60;

/** Longer subjects are cut before they are parsed. */
const MAX_SUBJECT_LENGTH = 500;

const MAX_LINES = 200;

/** How many references of one change are shown. */
export const MAX_REFERENCES = 10;

const MERGE =
  /^(?:Merge (?:(?:remote-tracking )?branch(?:es)? ['"]|remote-tracking branch|tag ['"]|commit ['"]|pull request #|[\da-f]{7,64} into |["'])|Merged in .+ \(pull request #\d+\)|merge$)/;

const FIXUP = /^(?:(?:fixup|squash|amend)! )+/;
const REVERT = /^(?:revert "(?<quoted>.+)"|revert(?:\([^()]*\))?!?: (?<rest>\S.*))/i;
const HEADER = /^(?<type>[A-Za-z]+)(?:\((?<scope>[^()]*)\))?(?<bang>!)?: (?<text>\S.*)$/;
const BREAKING = /^BREAKING[ -]CHANGE(?:\([^()]*\))?: *(?<description>.*)$/;
const BUMP = /^(?:bump|update|upgrade|pin|unpin|lock file maintenance)\b/i;
const DEPENDENCIES = /^(?:deps|deps-dev|dependencies|dependency)$/i;

/**
 * Parses a commit message: Conventional Commits, reverts, and anything else as "Other changes". Returns null for a merge commit. Only
 * the subject of a bot's message is parsed, because the body quotes other projects.
 */
export function parseMessage(message: string | null, { isBot }: { readonly isBot: boolean }): ParsedMessage | null {
  const [first = "", ...rest] = (message ?? "").trimStart().split(/\r\n|[\r\n]/, MAX_LINES);
  const fullSubject = plainLine(first, MAX_SUBJECT_LENGTH);
  if (MERGE.test(fullSubject)) return null;
  const body = isBot ? [] : rest.map((line) => plainLine(line, MAX_SUBJECT_LENGTH));
  const references = [...new Set([...referencesIn(fullSubject), ...referencesInBody(body)])].slice(0, MAX_REFERENCES);
  const subject = fullSubject.replace(FIXUP, "");
  const reverted = REVERT.exec(subject)?.groups;
  const { section, scope, text } = readHeader(reverted?.["quoted"] ?? reverted?.["rest"] ?? subject, isBot);
  if (reverted) return { section: "Reverts", scope, text: shorten(text), references };
  const breaking = body.flatMap((line) => BREAKING.exec(line)?.groups?.["description"] ?? []).at(0);
  if (breaking === undefined) return { section, scope, text: shorten(text), references };
  return {
    section: "Breaking changes",
    scope,
    text: shorten(breaking === "" || breaking === text ? text : `${text} — ${breaking}`),
    references,
  };
}

const shorten = (text: string): string => plainLine(text, MAX_TEXT_LENGTH) || "(no message)";

function readHeader(subject: string, isBot: boolean): Pick<ParsedMessage, "section" | "scope" | "text"> {
  const { type = "", scope: rawScope = "", bang, text = subject } = HEADER.exec(subject)?.groups ?? {};
  const typeSection = sectionOfType(type);
  const scope = plainLine(rawScope, MAX_SCOPE_LENGTH) || null;
  const isBump = typeSection === "Dependencies" || DEPENDENCIES.test(rawScope) || (isBot && BUMP.test(text));
  if (typeSection === undefined) {
    const section = bang ? "Breaking changes" : isBot && (isBump || BUMP.test(subject)) ? "Dependencies" : "Other changes";
    return { section, scope: null, text: withoutTrailingReferences(subject) };
  }
  const section = bang ? "Breaking changes" : isBump ? "Dependencies" : typeSection;
  return {
    section,
    scope: section === "Dependencies" && DEPENDENCIES.test(rawScope) ? null : scope,
    text: withoutTrailingReferences(text),
  };
}

/** The sections of a draft in display order, with the commit types of each: those of Conventional Commits and common variants. */
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

/** The titles of all sections, in display order. */
export const SECTION_TITLES: readonly SectionTitle[] = SECTIONS.map(([title]) => title);

const BY_TYPE: ReadonlyMap<string, SectionTitle> = new Map(
  SECTIONS.flatMap(([title, types]) => types.map((type): [string, SectionTitle] => [type, title])),
);

/** Returns the section of a commit type; undefined for an unknown type. */
const sectionOfType = (type: string): SectionTitle | undefined => BY_TYPE.get(type.toLowerCase());

/** Line breaks, control characters, and characters that change the direction of text. */
const INVISIBLE = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/** Returns a text as one line of at most `maxLength` characters, without control characters and with single spaces. */
export function plainLine(text: string, maxLength: number): string {
  // Cut first, because a line may be megabytes long.
  const line = text
    .slice(0, maxLength * 4)
    .toWellFormed()
    .replaceAll(INVISIBLE, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();
  // A line never has more characters than code units, which need no counting.
  if (line.length <= maxLength) return line;
  const characters = [...line];
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join("")}…` : line;
}
