import path from "node:path";
import { escapeHtml } from "@landfall/domain/release-notes/markdown-text";
import { Marked, type Tokens } from "marked";

/** A heading of a document. The id is the anchor that GitHub gives it. */
export type DocumentHeading = { readonly id: string; readonly depth: number; readonly text: string };

export type RenderedDocument = {
  readonly title: string;
  readonly html: string;
  readonly headings: readonly DocumentHeading[];
};

/** Where the links of a document lead: its own file and all files, relative to the folder of documents. */
export type DocumentPlace = { readonly file: string; readonly files: ReadonlySet<string> };

/**
 * Renders a document. HTML in its source is shown as text. Links between documents lead to their pages; a link to another file of the
 * repository becomes text with the name of the file. With marked and not with micromark, which renders release notes: that takes longer for
 * a long document than a request may block the server.
 */
export function renderDocument(markdown: string, place: DocumentPlace): RenderedDocument {
  const headings: DocumentHeading[] = [];
  const anchors = anchorNames();
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth, text }) {
        const heading = { id: anchors(text), depth, text: plainText(text) };
        headings.push(heading);
        return `<h${depth} id="${escapeHtml(heading.id)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      code: ({ text }) =>
        `<div data-code><pre tabindex="0"><code>${escapeHtml(text)}</code></pre><p><output></output><button type="button" data-copy>Copy</button></p></div>\n`,
      link({ href, tokens }) {
        const label = this.parser.parseInline(tokens);
        const target = resolveLink(href, place);
        if (target.kind === "url") return `<a href="${escapeHtml(target.href)}">${label}</a>`;
        return label.replaceAll(/<[^>]+>/g, "") === escapeHtml(target.file) ? label : `${label} (<code>${escapeHtml(target.file)}</code>)`;
      },
      image({ href, text }) {
        const target = resolveLink(href, place);
        if (target.kind !== "url" || !target.href.startsWith("/docs/")) return escapeHtml(text);
        return `<img src="${escapeHtml(target.href)}" alt="${escapeHtml(text)}" loading="lazy">`;
      },
      html: ({ text }) => escapeHtml(text),
      table({ header, rows }) {
        const cells = (row: readonly Tokens.TableCell[]) =>
          row.map(({ tokens, text, header }) => {
            const tag = header && text !== "" ? "th" : "td";
            return `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`;
          });
        const line = (row: readonly Tokens.TableCell[]) => `<tr>${cells(row).join("")}</tr>`;
        const head = header.every(({ text }) => text === "") ? "" : `<thead>${line(header)}</thead>`;
        const name = header.map(({ text }) => plainText(text)).join(", ");
        return `<div data-table tabindex="0" role="group" aria-label="Table${/\w/.test(name) ? ` of ${escapeHtml(name)}` : ""}"><table>${head}<tbody>${rows.map(line).join("")}</tbody></table></div>\n`;
      },
    },
  });
  const html = marked.parse(markdown, { async: false });
  return { title: headings.find(({ depth }) => depth === 1)?.text ?? place.file, html, headings };
}

/** Returns the links of a Markdown text below each heading of depth 2, as files relative to the folder of documents. */
export function linksBySection(markdown: string, place: DocumentPlace): ReadonlyMap<string, ReadonlySet<string>> {
  const sections = new Map<string, Set<string>>();
  let links = new Set<string>();
  const marked = new Marked();
  void marked.walkTokens(marked.lexer(markdown), (token) => {
    if (token.type === "heading" && token["depth"] === 2) sections.set(String(token["text"]), (links = new Set()));
    if (token.type !== "link") return;
    const file = path.posix.join(path.posix.dirname(place.file), String(token["href"]).split("#")[0] ?? "");
    if (place.files.has(file)) links.add(file);
  });
  return sections;
}

/** Returns the URL of a document: `/docs` for the index, `/docs/wire/releases` for `wire/releases.md`. */
export const documentUrl = (file: string): string => (file === "README.md" ? "/docs" : `/docs/${file.replace(/\.md$/, "")}`);

/** Where a link leads: to a URL, or to a file of the repository that is not a document. */
type LinkTarget = { readonly kind: "url"; readonly href: string } | { readonly kind: "file"; readonly file: string };

function resolveLink(href: string, { file, files }: DocumentPlace): LinkTarget {
  if (href.startsWith("#") || /^(?:https?|mailto):/.test(href)) return { kind: "url", href };
  const [name = "", anchor] = href.split("#");
  const target = path.posix.join(path.posix.dirname(file), name);
  if (!files.has(target)) return { kind: "file", file: path.posix.join("docs", target) };
  const url = target.endsWith(".md") ? documentUrl(target) : `/docs/pictures/${target}`;
  return { kind: "url", href: anchor === undefined ? url : `${url}#${anchor}` };
}

/** Returns a function that makes anchors from the source texts of headings, as GitHub does: each is used once in a document. */
function anchorNames(): (text: string) => string {
  const used = new Map<string, number>();
  return (text) => {
    const name = text
      .toLowerCase()
      .trim()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-");
    const count = used.get(name) ?? 0;
    used.set(name, count + 1);
    return count === 0 ? name : `${name}-${count}`;
  };
}

const plainText = (markdown: string): string => markdown.replaceAll(/\[([^\]]*)\]\([^)]*\)|[`*]/g, "$1");
