import { isUrlOrEmail, splitAtReferences } from "../commits/references.ts";

/** The characters that have a meaning inside a line of CommonMark or GitHub Flavored Markdown. */
const MARKDOWN_CHARACTERS = /[\\`*_[\]<>&~|$]/g;

/** Returns the URL of a reference, without spaces, quotes, brackets, and backslashes; null for none. */
export type LinkOf = (reference: string) => string | null;

/**
 * Returns a line of text as Markdown that displays that text, with links for references that have one. It contains no emphasis, image, other
 * link, or HTML, and starts no list, heading, or quotation. URLs, email addresses, and mentions are displayed as code, so that no renderer
 * links them.
 */
export function markdownText(line: string, linkOf: LinkOf = () => null): string {
  const words = line.split(" ").map((word) => (isUrlOrEmail(word) ? codeSpan(word) : wordMarkdown(word, linkOf)));
  return escapeBlockStart(words.join(" "));
}

const escapeMarkdown = (text: string): string => text.replaceAll(MARKDOWN_CHARACTERS, String.raw`\$&`);

const wordMarkdown = (word: string, linkOf: LinkOf): string =>
  splitAtReferences(word)
    .map((part, index) => (index % 2 === 0 ? escapeMarkdown(part) : linkMarkdown(part, linkOf)))
    .join("");

function linkMarkdown(reference: string, linkOf: LinkOf): string {
  const url = linkOf(reference);
  return url === null ? escapeMarkdown(reference) : `[${escapeMarkdown(reference)}](${linkTarget(url)})`;
}

/** Returns a URL as the target of a Markdown link, which interprets character references such as `&copy;`. */
export const linkTarget = (url: string): string => url.replaceAll("&", "&amp;");

function escapeBlockStart(text: string): string {
  if (/^[-+]/.test(text) || /^#{1,6}(?: |$)/.test(text)) return `\\${text}`;
  return text.replace(/^(\d{1,9})([.)])(?= |$)/, String.raw`$1\$2`);
}

/** Returns a text as a code span, with a fence that fits its backticks. The text must not be empty or contain a line break. */
export function codeSpan(text: string): string {
  const runs = new Set((text.match(/`+/g) ?? []).map((run) => run.length));
  let length = 1;
  while (runs.has(length)) length += 1;
  const fence = "`".repeat(length);
  const space = /^`|`$/.test(text) ? " " : "";
  return `${fence}${space}${text}${space}${fence}`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Returns a text as HTML that displays that text, also inside an attribute. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
