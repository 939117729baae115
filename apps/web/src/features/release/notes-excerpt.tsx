import { PageLink } from "#ui/links.tsx";
import classes from "./notes.module.css";

type NotesExcerptProps = { readonly markdown: string; readonly html: string | null; readonly href: string };

/** The beginning of the saved notes. */
export function NotesExcerpt({ markdown, html, href }: NotesExcerptProps) {
  return (
    <section aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      {html === null ? (
        <pre className={classes["notes"]}>{markdown}</pre>
      ) : (
        // Safe: rendered by the server when the notes were saved.
        <div className={`${classes["notes"]} prose`} dangerouslySetInnerHTML={{ __html: html }} />
      )}
      <PageLink href={href} className={classes["all"]}>
        View all notes
      </PageLink>
    </section>
  );
}
