import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import type { PersonBriefView } from "@landfall/schema/views/brief";
import { eq, sql } from "drizzle-orm";
import { briefUser } from "../compare/brief-people.ts";

export type SavedNotes = {
  readonly markdown: string;
  readonly html: string | null;
  readonly dateSaved: Date;
  readonly savedBy: PersonBriefView | null;
};

/** The notes somebody saved of a release; undefined where nobody did. */
export async function findSavedNotes(db: Reader, releaseId: number): Promise<SavedNotes | undefined> {
  const [row] = await selectNotes(db, { releaseId });
  return row && { ...row, savedBy: row.savedBy && briefUser(row.savedBy) };
}

const selectNotes = prepared((db: Reader) => {
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
    .where(eq(releaseNotes.releaseId, sql.placeholder("releaseId")))
    .prepare();
});
