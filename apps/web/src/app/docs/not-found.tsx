import type { Metadata } from "next";
import { PageLink } from "#ui/links.tsx";

export const metadata: Metadata = { title: "Document not found" };

/** Shown for unknown URLs of the documentation. */
export default function DocumentNotFound() {
  return (
    <main id="content" tabIndex={-1}>
      <h1>Document not found</h1>
      <p>
        This version of Landfall has no document at this URL. See <PageLink href="/docs">all documents</PageLink>.
      </p>
    </main>
  );
}
