import { MAX_NOTES_LENGTH } from "@landfall/schema/longest-notes";
import type { DraftEntry, DraftSection } from "./draft-notes.ts";
import { codeSpan, type LinkOf, markdownText } from "./markdown-text.ts";
import { plainLine } from "./plain-line.ts";
import { referencesIn } from "./references.ts";
import { repositoryLinks } from "./repository-links.ts";

/** What is told of a section, and how many of its changes are not. */
export type ListedSection = DraftSection & { readonly more: number };

export type RenderedNotes = { readonly markdown: string; readonly sections: readonly ListedSection[] };

const LISTED = 200;
const SHORT_SHA = 7;
const LONGEST_SHA = 12;
/** Kept free for titles and for what says how many more there are. */
const RESERVED = 1000;

/** A draft as Markdown, short enough to be saved: at most 200 changes of a section are listed, and fewer where all is too long. */
export function renderNotes(drafted: readonly DraftSection[]): RenderedNotes {
  let left = MAX_NOTES_LENGTH - RESERVED;
  const sections: ListedSection[] = [];
  const blocks: string[] = [];
  for (const { title, entries } of drafted) {
    const lines: string[] = [];
    for (const entry of entries.slice(0, LISTED)) {
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
  const links = repositoryLinks(commit.repositoryUrl);
  const linkOf: LinkOf = (reference) => links.reference(reference);
  const told = new Set(referencesIn(text));
  const others = references.filter((reference) => !told.has(reference));
  return [
    "-",
    ...(scope === null ? [] : [`**${markdownText(scope)}:**`]),
    markdownText(text, linkOf),
    ...(others.length === 0 ? [] : [`(${others.map((reference) => markdownText(reference, linkOf)).join(", ")})`]),
    ...shownSha(commit.sha, links.commit(commit.sha)),
  ].join(" ");
}

/** A sha as notes show it; empty if nothing of it can be shown. */
export const shortSha = (sha: string): string => (/^[\da-f]{40,64}$/i.test(sha) ? sha.slice(0, SHORT_SHA) : plainLine(sha, LONGEST_SHA));

function shownSha(sha: string, url: string | null): string[] {
  const short = shortSha(sha);
  if (short === "") return [];
  return [url === null ? `(${codeSpan(short)})` : `([${short}](${url}))`];
}
