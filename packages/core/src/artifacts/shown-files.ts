import type { Reader } from "@landfall/db/store";
import { and, eq, gt, inArray, isNull, notInArray, or, type SQL, sql } from "drizzle-orm";
import { withoutIndex } from "../board/not-by-index.ts";

/**
 * Whether an archive of a release is shown: `staged` while its members are written, `dropped` while they are deleted. A row of an archive
 * that is dropped is never shown again.
 */
export type ArchiveState = "shown" | "staged" | "dropped";

export const isShownArchive = ({ tables: { releaseArchives } }: Reader): SQL => eq(releaseArchives.state, "shown");

/**
 * Whether a file of a release is shown, single or a member of an archive: not while the archive it came in is staged or dropped, nor once
 * another archive has its place, nor when it was deleted with all others. Three lists that are nearly always empty, each read once in a
 * statement.
 */
export function isShownFile(db: Reader): SQL | undefined {
  const { releaseFiles, droppedFiles } = db.tables;
  const { archiveId, releaseId, id, isMember } = releaseFiles;
  const dropped = db.select({ id: droppedFiles.releaseId }).from(droppedFiles);
  const upTo = db.select({ id: droppedFiles.upToId }).from(droppedFiles).where(eq(droppedFiles.releaseId, releaseId));
  return and(
    or(isNull(archiveId), notInArray(archiveId, hiddenArchives(db))),
    isInPlace(db),
    or(isMember, notInArray(releaseId, dropped), gt(id, sql`(${upTo})`)),
  );
}

/** Whether no archive that is or was shown has the place of a file. */
export function isInPlace(db: Reader): SQL | undefined {
  const { replacedBy } = db.tables.releaseFiles;
  return or(eq(withoutIndex(replacedBy), 0), inArray(withoutIndex(replacedBy), hiddenArchives(db, "staged")));
}

/** The ids of archives that are not shown. Worded like the condition of the partial index, so that SQLite uses it. */
export function hiddenArchives(db: Reader, state?: Exclude<ArchiveState, "shown">) {
  const { releaseArchives } = db.tables;
  return db
    .select({ id: releaseArchives.id })
    .from(releaseArchives)
    .where(and(sql`${releaseArchives.state} <> 'shown'`, state === undefined ? undefined : eq(releaseArchives.state, state)));
}
