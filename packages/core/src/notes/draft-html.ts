import { type ListedSection, shortSha } from "./render-notes.ts";
import type { DraftEntry } from "./draft-notes.ts";
import { escapeHtml } from "./escape-html.ts";
import { isUrlOrEmail, referencesIn, splitAtReferences } from "./references.ts";
import { repositoryLinks } from "./repository-links.ts";

/** A draft as HTML, the same as its Markdown would give, in linear time whatever its commits say. */
export const draftHtml = (sections: readonly ListedSection[]): string =>
  sections
    .map(({ title, entries, more }) => {
      const items = [...entries.map(entryHtml), ...(more > 0 ? [`… and ${more} more`] : [])];
      return `<h3>${escapeHtml(title)}</h3>\n<ul>\n${items.map((item) => `<li>${item}</li>\n`).join("")}</ul>`;
    })
    .join("\n");

function entryHtml({ scope, text, references, commit }: DraftEntry): string {
  const links = repositoryLinks(commit.repositoryUrl);
  const shown = new Set(referencesIn(text));
  const others = references.filter((reference) => !shown.has(reference)).map((reference) => linkHtml(reference, links.reference(reference)));
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
