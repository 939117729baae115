import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { escapeHtml } from "./markdown-text.ts";

/** Notes as HTML: all of them, and their first lines. */
export type RenderedMarkdown = { readonly html: string; readonly excerptHtml: string };

/** Why notes are not rendered, as a sentence for their author. */
export type MarkdownProblem = { readonly problem: string };

/** Renders notes. Some Markdown takes minutes to render, so the server does it in a worker that it can end. */
export interface MarkdownRenderer {
  /** @throws AppError `unavailable` if too many notes wait to be rendered. */
  render(markdown: string): Promise<RenderedMarkdown | MarkdownProblem>;
}

/** Notes that are not rendered, as they were typed. */
export const plainHtml = (markdown: string): string => `<pre>${escapeHtml(markdown)}</pre>`;

/** Renders on the calling thread: for commands, tests, and the worker itself. */
export const inProcessMarkdown: MarkdownRenderer = {
  render: (markdown) => Promise.resolve(renderNotesMarkdown(markdown)),
};

/** Headings of notes are below the heading of their tab. */
const TOP_HEADING = 3;

/** A list in a list in a quotation, and so on. */
const MAX_NESTING = 20;

/** A long address can be repeated by every short reference to it. */
const MAX_HTML_LENGTH = 500_000;

/** Renders notes, unless they are nested too deeply or the result is too long. */
export function renderNotesMarkdown(markdown: string): RenderedMarkdown | MarkdownProblem {
  if (isTooDeep(markdown)) return { problem: `Lists, quotations and brackets may be nested ${MAX_NESTING} levels deep.` };
  const html = renderMarkdown(markdown, TOP_HEADING);
  if (html.length > MAX_HTML_LENGTH) return { problem: "These notes are too long as HTML. Repeat long links less often." };
  return { html, excerptHtml: renderMarkdown(excerptOf(markdown), TOP_HEADING) };
}

/** What begins a quotation or a list item, at the beginning of a line. */
const CONTAINER = />|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])/g;

/** Whether a line begins with more containers, or brackets are open in more brackets, than are allowed. Takes linear time. */
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
 * Markdown as HTML that is safe to put into a page: no HTML of its own, no addresses but of the web and of mail. Headings go below those of
 * the page, from `top` on, without leaving one out; pictures become links, since pages load nothing from elsewhere.
 */
export function renderMarkdown(markdown: string, top: number): string {
  const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  return withHeadings(html, top)
    .replaceAll(/<img src="([^"]*)" alt="([^"]*)"(?: title="[^"]*")? \/>/g, (_, src: string, alt: string) => imageLink(src, alt))
    .replaceAll(/<input type="checkbox" disabled=""(?: (checked)="")? ?\/?>/g, (_, checked?: string) => (checked ? "☑" : "☐"))
    .replaceAll('<a href="http', '<a rel="noopener noreferrer" href="http');
}

const imageLink = (src: string, alt: string): string => (src === "" ? alt : `<a href="${src}">${alt === "" ? "Picture" : alt}</a>`);

/** Everything between < and > that Markdown wrote is escaped: what looks like a heading is one. */
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

/** The first lines of a Markdown text. A block of code that is cut off is closed. */
export function excerptOf(markdown: string): string {
  const lines = markdown.slice(0, EXCERPT_CHARACTERS).toWellFormed().split("\n").slice(0, EXCERPT_LINES);
  const text = lines.join("\n");
  if (text.length >= markdown.trimEnd().length) return markdown;
  const fences = lines.filter((line) => /^ {0,3}(?:```|~~~)/.test(line));
  const isOpen = fences.length % 2 === 1;
  return `${text}${isOpen ? `\n${fences.at(-1)?.trim().slice(0, 3) ?? ""}` : ""}\n\n…`;
}
