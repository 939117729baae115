import { escapeHtml } from "./escape-html.ts";
import { excerptOf } from "./excerpt-of.ts";
import { renderMarkdown } from "./render-markdown.ts";

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
