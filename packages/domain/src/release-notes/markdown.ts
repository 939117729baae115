import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { escapeHtml } from "./markdown-text.ts";

/** Notes as HTML: in full, and their first lines. */
export type RenderedMarkdown = { readonly html: string; readonly excerptHtml: string };

/** The reason why notes are not rendered, as a sentence for their author. */
export type MarkdownProblem = { readonly problem: string };

/** Renders notes. Some Markdown takes minutes to render, so the server does it in a worker that it can terminate. */
export interface MarkdownRenderer {
  /** @throws AppError `unavailable` if too many notes wait to be rendered. */
  render(markdown: string): Promise<RenderedMarkdown | MarkdownProblem>;
}

/** Returns the HTML of notes that are not rendered: their source text. */
export const plainHtml = (markdown: string): string => `<pre>${escapeHtml(markdown)}</pre>`;

/** Renders on the calling thread: for commands, tests, and the worker itself. */
export const inProcessMarkdown: MarkdownRenderer = {
  render: (markdown) => Promise.resolve(renderNotesMarkdown(markdown)),
};

/** The level of the highest heading of notes, below the heading of their tab. */
const TOP_HEADING = 3;

/** The maximum depth of nested lists, quotations, and brackets. */
const MAX_NESTING = 20;

/** The HTML can be much longer than the notes, because each short reference repeats its URL. */
const MAX_HTML_LENGTH = 500_000;

/** Renders notes. Returns a problem if they are nested too deeply or the HTML is too long. */
export function renderNotesMarkdown(markdown: string): RenderedMarkdown | MarkdownProblem {
  if (isTooDeep(markdown)) return { problem: `Lists, quotations, and brackets can be nested at most ${MAX_NESTING} levels deep.` };
  const html = renderMarkdown(markdown, TOP_HEADING);
  if (html.length > MAX_HTML_LENGTH) return { problem: "The HTML of these notes would be too long. Repeat long links less often." };
  return { html, excerptHtml: renderMarkdown(excerptOf(markdown), TOP_HEADING) };
}

/** The start of a quotation or a list item, at the start of a line. */
const CONTAINER = />|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])/g;

/** Returns whether a line starts with too many containers, or brackets are nested too deeply. Linear time. */
function isTooDeep(markdown: string): boolean {
  for (const line of markdown.split(/\r\n|[\r\n]/)) {
    const start = /^[\s>*+\-\d.)]*/.exec(line)?.[0] ?? "";
    if ((start.match(CONTAINER)?.length ?? 0) > MAX_NESTING) return true;
  }
  let open = 0;
  for (const bracket of markdown.matchAll(/\\.|[[\]]/gs)) {
    if (bracket[0] === "[") open += 1;
    if (bracket[0] === "]") open = Math.max(0, open - 1);
    if (open > MAX_NESTING) return true;
  }
  return false;
}

/**
 * Renders Markdown as HTML that is safe in a page: without HTML from the source, and with http(s) and mailto links only. Headings start at
 * level `top` and skip no level. Images become links, because pages load nothing from other servers.
 */
export function renderMarkdown(markdown: string, top: number): string {
  const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  return withHeadings(html, top)
    .replaceAll(/<img src="([^"]*)" alt="([^"]*)"(?: title="[^"]*")? \/>/g, (_, src: string, alt: string) => imageLink(src, alt))
    .replaceAll(/<input type="checkbox" disabled=""(?: (checked)="")? ?\/?>/g, (_, checked?: string) => (checked ? "☑" : "☐"))
    .replaceAll('<a href="http', '<a rel="noopener noreferrer" href="http');
}

const imageLink = (src: string, alt: string): string => (src === "" ? alt : `<a href="${src}">${alt === "" ? "Image" : alt}</a>`);

/** Changes the levels of headings. The source text is escaped, so that every match is an element. */
function withHeadings(html: string, top: number): string {
  const open: number[] = [];
  return html.replaceAll(/<(\/?)h([1-6])(?=[ >])/g, (_, end: string, digit: string) => {
    const level = Number(digit);
    if (end === "") {
      while (open.length > 0 && (open.at(-1) ?? 0) >= level) open.pop();
      open.push(level);
    }
    return `<${end}h${Math.min(top + open.length - 1, 6)}`;
  });
}

const EXCERPT_LINES = 12;
const EXCERPT_CHARACTERS = 1500;

/** Returns the first lines of a Markdown text: at most 12 lines and 1500 characters. A code block that is cut off is closed. */
export function excerptOf(markdown: string): string {
  const lines = markdown.slice(0, EXCERPT_CHARACTERS).toWellFormed().split("\n").slice(0, EXCERPT_LINES);
  const text = lines.join("\n");
  if (text.length >= markdown.trimEnd().length) return markdown;
  const fences = lines.filter((line) => /^ {0,3}(?:```|~~~)/.test(line));
  const isOpen = fences.length % 2 === 1;
  return `${text}${isOpen ? `\n${fences.at(-1)?.trim().slice(0, 3) ?? ""}` : ""}\n\n…`;
}
