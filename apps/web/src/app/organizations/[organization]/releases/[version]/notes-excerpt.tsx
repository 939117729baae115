import { PageLink } from "../../../../../ui/page-link.tsx";
import { excerptOf } from "./excerpt-of.ts";
import { renderMarkdown } from "./render-markdown.ts";
import classes from "./notes.module.css";

/** The beginning of notes that somebody wrote. */
export function NotesExcerpt({ markdown, href }: { readonly markdown: string; readonly href: string }) {
  return (
    <section aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      {/* Safe: made by renderMarkdown. */}
      <div className={`${classes["notes"]} prose`} dangerouslySetInnerHTML={{ __html: renderMarkdown(excerptOf(markdown), 3) }} />
      <PageLink href={href} className={classes["all"]}>
        All of the notes
      </PageLink>
    </section>
  );
}
