import { MAX_NOTES_LENGTH } from "@landfall/schema/constants";
import type { LinkSourceView } from "@landfall/schema/releases/repositories";
import { isBot } from "../commits/is-bot.ts";
import {
  MAX_REFERENCES,
  type ParsedMessage,
  parseMessage,
  plainLine,
  SECTION_TITLES,
  type SectionTitle,
} from "../commits/parse-message.ts";
import type { StoredAuthor } from "../contributors/author-groups.ts";
import { isUrlOrEmail, referencesIn, splitAtReferences } from "../commits/references.ts";
import { repositoryLinks } from "../commits/repository-links.ts";
import { codeSpan, escapeHtml, type LinkOf, linkTarget, markdownText } from "./markdown-text.ts";

/** The parts of a commit that notes use. */
export type NoteCommit = {
  readonly sha: string;
  readonly message: string | null;
  readonly repository: LinkSourceView;
  readonly author: StoredAuthor | null;
};

/** A change with the newest of its commits. */
type DraftEntry = Omit<ParsedMessage, "section"> & { readonly commit: NoteCommit };

type DraftSection = { readonly title: SectionTitle; readonly entries: readonly DraftEntry[] };

export type Draft = { readonly sections: readonly DraftSection[]; /** The number of merge commits. */ readonly leftOut: number };

/**
 * Returns the changes of commits (newest first) by section, in the order of the commits. Changes with equal scope and text are merged, with
 * the references of all.
 */
export function draftNotes(commits: readonly NoteCommit[]): Draft {
  const changes = new Map<string, DraftEntry & { section: SectionTitle }>();
  let leftOut = 0;
  for (const commit of commits) {
    const parsed = parseMessage(commit.message, { isBot: commit.author !== null && isBot(commit.author) });
    if (parsed === null) leftOut += 1;
    else {
      const key = JSON.stringify([parsed.section, parsed.scope, parsed.text]);
      const existing = changes.get(key);
      const references = existing
        ? [...new Set([...existing.references, ...parsed.references])].slice(0, MAX_REFERENCES)
        : parsed.references;
      changes.set(key, { ...(existing ?? { ...parsed, commit }), references });
    }
  }
  const bySection = Map.groupBy(changes.values(), ({ section }) => section);
  return {
    sections: SECTION_TITLES.flatMap((title) => {
      const entries = bySection.get(title)?.map(({ section: _, ...entry }) => entry);
      return entries ? [{ title, entries }] : [];
    }),
    leftOut,
  };
}

/** The listed entries of a section, and the number of those left out. */
type ListedSection = DraftSection & { readonly more: number };

export type RenderedNotes = { readonly markdown: string; readonly sections: readonly ListedSection[] };

const MAX_ENTRIES = 200;
const SHORT_SHA = 7;
const MAX_SHA_LENGTH = 12;

/** Characters reserved for titles and for the numbers of entries left out. */
const RESERVED = 1000;

/** Renders a draft as Markdown that is short enough to be saved: at most 200 entries per section, and fewer if the text would be too long. */
export function renderNotes(draft: readonly DraftSection[]): RenderedNotes {
  let left = MAX_NOTES_LENGTH - RESERVED;
  const sections: ListedSection[] = [];
  const blocks: string[] = [];
  for (const { title, entries } of draft) {
    const lines: string[] = [];
    for (const entry of entries.slice(0, MAX_ENTRIES)) {
      const line = entryLine(entry);
      if (line.length >= left) break;
      left -= line.length + 1;
      lines.push(line);
    }
    const more = entries.length - lines.length;
    sections.push({ title, entries: entries.slice(0, lines.length), more });
    blocks.push([`## ${title}`, "", ...lines, ...(more > 0 ? [`- … and ${more} more`] : [])].join("\n"));
  }
  return { markdown: blocks.map((block) => `${block}\n`).join("\n"), sections };
}

function entryLine({ scope, text, references, commit }: DraftEntry): string {
  const links = repositoryLinks(commit.repository);
  const linkOf: LinkOf = (reference) => links.reference(reference);
  const inText = new Set(referencesIn(text));
  const others = references.filter((reference) => !inText.has(reference));
  return [
    "-",
    ...(scope === null ? [] : [`**${markdownText(scope)}:**`]),
    markdownText(text, linkOf),
    ...(others.length === 0 ? [] : [`(${others.map((reference) => markdownText(reference, linkOf)).join(", ")})`]),
    ...shaMarkdown(commit.sha, links.commit(commit.sha)),
  ].join(" ");
}

/** Returns a hash as notes show it; empty if it has no visible characters. */
const shortSha = (sha: string): string => (/^[\da-f]{40,64}$/i.test(sha) ? sha.slice(0, SHORT_SHA) : plainLine(sha, MAX_SHA_LENGTH));

function shaMarkdown(sha: string, url: string | null): string[] {
  const short = shortSha(sha);
  if (short === "") return [];
  return [url === null ? `(${codeSpan(short)})` : `([${short}](${linkTarget(url)}))`];
}

/** Renders a draft as the HTML that its Markdown would produce, in linear time for any commits. */
export const draftHtml = (sections: readonly ListedSection[]): string =>
  sections
    .map(({ title, entries, more }) => {
      const items = [...entries.map(entryHtml), ...(more > 0 ? [`… and ${more} more`] : [])];
      return `<h3>${escapeHtml(title)}</h3>\n<ul>\n${items.map((item) => `<li>${item}</li>\n`).join("")}</ul>`;
    })
    .join("\n");

function entryHtml({ scope, text, references, commit }: DraftEntry): string {
  const links = repositoryLinks(commit.repository);
  const inText = new Set(referencesIn(text));
  const others = references
    .filter((reference) => !inText.has(reference))
    .map((reference) => linkHtml(reference, links.reference(reference)));
  const sha = shortSha(commit.sha);
  const url = links.commit(commit.sha);
  return [
    ...(scope === null ? [] : [`<strong>${escapeHtml(scope)}:</strong>`]),
    text
      .split(" ")
      .map((word) => wordHtml(word, links.reference))
      .join(" "),
    ...(others.length === 0 ? [] : [`(${others.join(", ")})`]),
    ...(sha === "" ? [] : [url === null ? `(<code>${escapeHtml(sha)}</code>)` : `(${linkHtml(sha, url)})`]),
  ].join(" ");
}

function wordHtml(word: string, linkOf: (reference: string) => string | null): string {
  if (isUrlOrEmail(word)) return `<code>${escapeHtml(word)}</code>`;
  return splitAtReferences(word)
    .map((part, index) => (index % 2 === 0 ? escapeHtml(part) : linkHtml(part, linkOf(part))))
    .join("");
}

const linkHtml = (text: string, url: string | null): string =>
  url === null ? escapeHtml(text) : `<a rel="noopener noreferrer" href="${escapeHtml(url)}">${escapeHtml(text)}</a>`;
