import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { eq, sql } from "drizzle-orm";

const LONGEST = 2000;

/** The beginning of the notes somebody saved, in Markdown; null without any. */
export async function findNotesExcerpt(db: Reader, releaseId: number): Promise<string | null> {
  const [row] = await selectExcerpt(db, { releaseId });
  return row?.excerpt ?? null;
}

const selectExcerpt = prepared((db: Reader) => {
  const { releaseNotes } = db.tables;
  return db
    .select({ excerpt: sql<string>`substr(${releaseNotes.markdown}, 1, ${sql.raw(String(LONGEST))})` })
    .from(releaseNotes)
    .where(eq(releaseNotes.releaseId, sql.placeholder("releaseId")))
    .prepare();
});
