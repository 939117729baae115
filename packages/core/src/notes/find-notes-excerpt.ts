import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { eq, sql } from "drizzle-orm";

const MAX_EXCERPT_LENGTH = 2000;

/** The beginning of saved notes: as Markdown, and as HTML unless an earlier version saved them. */
export type NotesExcerpt = { readonly markdown: string; readonly html: string | null };

/** The beginning of the notes somebody saved; null without any. */
export async function findNotesExcerpt(db: Reader, releaseId: number): Promise<NotesExcerpt | null> {
  const [row] = await selectExcerpt(db, { releaseId });
  return row ?? null;
}

const selectExcerpt = prepared((db: Reader) => {
  const { releaseNotes } = db.tables;
  return db
    .select({
      markdown: sql<string>`substr(${releaseNotes.markdown}, 1, ${sql.raw(String(MAX_EXCERPT_LENGTH))})`,
      html: releaseNotes.excerptHtml,
    })
    .from(releaseNotes)
    .where(eq(releaseNotes.releaseId, sql.placeholder("releaseId")))
    .prepare();
});
