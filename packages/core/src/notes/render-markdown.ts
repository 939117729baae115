import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

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
