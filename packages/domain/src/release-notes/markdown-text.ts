import { isUrlOrEmail, splitAtReferences } from "../commits/references.ts";

/** Whatever CommonMark and GitHub's Markdown give a meaning inside a line. */
const MARKDOWN_CHARACTERS = /[\\`*_[\]<>&~|$]/g;

/** The address of a reference, of which only letters, digits and `:/.~-` are made; null for none. */
export type LinkOf = (reference: string) => string | null;

/**
 * A line of text as Markdown that shows just that text, with links at those references that have one: no emphasis, image, other link or
 * HTML comes of it, and no list, heading or quotation where it stands first in a block. What readers would take for an address or a name
 * to notify is shown as code.
 */
export function markdownText(line: string, linkOf: LinkOf = () => null): string {
  const words = line.split(" ").map((word) => (isUrlOrEmail(word) ? codeSpan(word) : wordMarkdown(word, linkOf)));
  return guardStart(words.join(" "));
}

const escapeMarkdown = (text: string): string => text.replaceAll(MARKDOWN_CHARACTERS, String.raw`\$&`);

const wordMarkdown = (word: string, linkOf: LinkOf): string =>
  splitAtReferences(word)
    .map((part, index) => (index % 2 === 0 ? escapeMarkdown(part) : linkMarkdown(part, linkOf)))
    .join("");

function linkMarkdown(reference: string, linkOf: LinkOf): string {
  const url = linkOf(reference);
  return url === null ? escapeMarkdown(reference) : `[${escapeMarkdown(reference)}](${url})`;
}

function guardStart(text: string): string {
  if (/^[-+]/.test(text) || /^#{1,6}(?: |$)/.test(text)) return `\\${text}`;
  return text.replace(/^(\d{1,9})([.)])(?= |$)/, String.raw`$1\$2`);
}

/** A text as code, whatever backticks it holds. It must not be empty or hold a line break. */
export function codeSpan(text: string): string {
  const runs = new Set((text.match(/`+/g) ?? []).map((run) => run.length));
  let length = 1;
  while (runs.has(length)) length += 1;
  const fence = "`".repeat(length);
  const space = /^`|`$/.test(text) ? " " : "";
  return `${fence}${space}${text}${space}${fence}`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A text as HTML that shows just that text, also inside an attribute. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
