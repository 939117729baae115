import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { documentUrl, linksBySection, type RenderedDocument, renderDocument } from "./document-html.ts";

type DocumentLink = { readonly title: string; readonly href: string };

export type DocumentGroup = { readonly name: string; readonly documents: readonly DocumentLink[] };

/** The documentation that the server shows at `/docs`. */
export interface Documents {
  /** The URLs of all documents. */
  readonly urls: readonly string[];
  /** Lists all documents: those about a task first, then references. */
  groups(): readonly DocumentGroup[];
  /** Returns the document at a URL below `/docs`; null if there is none. */
  at(url: string): RenderedDocument | null;
  /** Returns a picture by the name of its file; null if there is none. */
  picture(name: string): Uint8Array<ArrayBuffer> | null;
}

/** A server without documents. */
export const NO_DOCUMENTS: Documents = { urls: [], groups: () => [], at: () => null, picture: () => null };

/** The document that lists all others. */
const INDEX = "README.md";

/**
 * Opens the documents of the first folder that exists. Only files that exist now can be requested. Each is read and rendered when it is
 * first requested, and kept.
 */
export function openDocuments(folders: readonly string[]): Documents {
  const folder = folders.find((candidate) => existsSync(path.join(candidate, INDEX)));
  if (folder === undefined) return NO_DOCUMENTS;
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = new Set(names.map((file) => file.replaceAll("\\", "/")).filter((file) => /\.md$|^[\w-]+\.png$/.test(file)));
  const documents = [...files].filter((file) => file.endsWith(".md")).toSorted();
  const byUrl = new Map(documents.map((file) => [documentUrl(file), file]));
  const read = (file: string) => readFileSync(path.join(folder, file));

  const rendered = new Map<string, RenderedDocument>();
  const render = (file: string): RenderedDocument => {
    const known = rendered.get(file);
    if (known) return known;
    const document = renderDocument(read(file).toString("utf8"), { file, files });
    rendered.set(file, document);
    return document;
  };

  let groups: readonly DocumentGroup[] | null = null;
  const link = (file: string): DocumentLink => ({
    title: /^# (.+)$/m.exec(read(file).toString("utf8"))?.[1] ?? file,
    href: documentUrl(file),
  });
  const listGroups = (): readonly DocumentGroup[] => {
    const sections = linksBySection(read(INDEX).toString("utf8"), { file: INDEX, files });
    const reference = sections.get("Reference") ?? new Set();
    const tasks = [...(sections.get("By task") ?? [])].filter((file) => !reference.has(file));
    return [
      { name: "Tasks", documents: tasks.map(link) },
      { name: "Reference", documents: [...reference].map(link) },
    ];
  };
  return {
    urls: [...byUrl.keys()],
    groups: () => (groups ??= listGroups()),
    at(url) {
      const file = byUrl.get(url);
      return file === undefined ? null : render(file);
    },
    picture: (name) => (files.has(name) && name.endsWith(".png") ? new Uint8Array(read(name)) : null),
  };
}
