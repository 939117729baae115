import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { PersonBriefView } from "@landfall/schema/brief";
import { eq, sql } from "drizzle-orm";
import { briefUser } from "./briefs.ts";

export type SavedNotes = {
  readonly markdown: string;
  readonly html: string | null;
  readonly dateSaved: Date;
  readonly savedBy: PersonBriefView | null;
};

/** Returns the saved notes of a release; undefined if there are none. */
export async function findSavedNotes(db: Reader, releaseId: number): Promise<SavedNotes | undefined> {
  const [row] = await selectNotes(db, { releaseId });
  return row && { ...row, savedBy: row.savedBy && briefUser(row.savedBy) };
}

const selectNotes = prepared((db: Reader, param: { releaseId: number }) => {
  const { releaseNotes, users } = db.tables;
  return db
    .select({
      markdown: releaseNotes.markdown,
      html: releaseNotes.html,
      dateSaved: releaseNotes.dateSaved,
      savedBy: { id: users.id, name: users.name, email: users.email },
    })
    .from(releaseNotes)
    .leftJoin(users, eq(users.id, releaseNotes.savedBy))
    .where(eq(releaseNotes.releaseId, param.releaseId))
    .prepare();
});

const MAX_EXCERPT_LENGTH = 2000;

/** The beginning of saved notes. The HTML is null if an earlier version of the server saved them. */
export type NotesExcerpt = { readonly markdown: string; readonly html: string | null };

/** Returns the beginning of the saved notes of a release; null if there are none. */
export async function findNotesExcerpt(db: Reader, releaseId: number): Promise<NotesExcerpt | null> {
  const [row] = await selectExcerpt(db, { releaseId });
  return row ?? null;
}

const selectExcerpt = prepared((db: Reader, param: { releaseId: number }) => {
  const { releaseNotes } = db.tables;
  return db
    .select({
      markdown: sql<string>`substr(${releaseNotes.markdown}, 1, ${sql.raw(String(MAX_EXCERPT_LENGTH))})`,
      html: releaseNotes.excerptHtml,
    })
    .from(releaseNotes)
    .where(eq(releaseNotes.releaseId, param.releaseId))
    .prepare();
});
