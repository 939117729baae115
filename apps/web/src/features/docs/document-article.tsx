import type { DocumentHeading, RenderedDocument } from "#server/docs/document-html.ts";
import { CodeCopier } from "./code-copier.tsx";
import classes from "./documents.module.css";

/** A document with its table of contents. */
export function DocumentArticle({ document: { html, headings } }: { readonly document: RenderedDocument }) {
  const sections = headings.filter(({ depth }) => depth === 2 || depth === 3);
  return (
    <>
      <main id="content" tabIndex={-1} className={classes["article"]}>
        {sections.length > 1 && (
          <details className={classes["folded"]}>
            <summary>On this page</summary>
            <Sections sections={sections.filter(({ depth }) => depth === 2)} />
          </details>
        )}
        <article className="prose" dangerouslySetInnerHTML={{ __html: html }} />
        <CodeCopier />
      </main>
      {sections.length > 1 && (
        <nav aria-label="On this page" className={classes["contents"]}>
          <h2>On this page</h2>
          <Sections sections={sections} />
        </nav>
      )}
    </>
  );
}

const Sections = ({ sections }: { readonly sections: readonly DocumentHeading[] }) => (
  <ul>
    {sections.map(({ id, depth, text }) => (
      <li key={id} data-depth={depth}>
        <a href={`#${id}`}>{text}</a>
      </li>
    ))}
  </ul>
);
