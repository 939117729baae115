import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { DocumentArticle } from "#features/docs/document-article.tsx";
import type { RenderedDocument } from "#server/docs/document-html.ts";
import { runningApp } from "#server/pages/running-app.ts";

type PageProps = { readonly params: Promise<{ readonly path?: readonly string[] }> };

/** Returns the URL of a page without escapes. */
const urlOf = async ({ params }: PageProps): Promise<string> =>
  ["/docs", ...((await params).path ?? []).map((part) => decodeURIComponent(part))].join("/");

async function requestedDocument(props: PageProps): Promise<RenderedDocument> {
  const url = await urlOf(props);
  const document = runningApp().documents.at(url);
  if (document) return document;
  // A link to a file of the repository.
  const file = url.replace(/\.md$/, "").replace(/\/README$/, "");
  if (file !== url && runningApp().documents.at(file)) redirect(file);
  notFound();
}

/** Sets the title of the browser tab. */
export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const { title } = await requestedDocument(props);
  return { title };
}

/** A document, or the index of all. Readable without signing in. */
export default async function DocumentPage(props: PageProps) {
  return <DocumentArticle document={await requestedDocument(props)} />;
}
