import type { Reader } from "@landfall/db/store";
import { and, asc, desc, eq, gte, lte, max } from "drizzle-orm";
import { notByIndex } from "../board/not-by-index.ts";
import { invalidCursor } from "../pagination/page-request.ts";

/** The commits one search looks at, by their ids, both included. Ids grow as commits are stored. */
export type SearchWindow = { readonly newest: number; readonly oldest: number };

/** No more commits than this are looked at, and of the files they changed no more than that; null where files are not. */
type Most = { readonly commits: number; readonly files: number | null };

/** What one search looks at that reads messages and files, and one that reads messages alone. */
export const TEXTS: Most = { commits: 50_000, files: 200_000 };
export const MESSAGES: Most = { commits: 100_000, files: null };

/** The next commits to search, from where a search before stopped; null when there are none. Throws `invalid` for a text that is no cursor. */
export async function findWindow(db: Reader, cursor: string | undefined, most: Most): Promise<SearchWindow | null> {
  const newest = cursor === undefined ? await newestCommit(db) : readCursor(cursor) - 1;
  if (newest < 1) return null;
  const edge = most.files === null ? 1 : await findEdge(db, newest, most.files);
  return { newest, oldest: Math.max(1, newest - most.commits + 1, edge) };
}

/** The commit of the last of so many files. */
async function findEdge(db: Reader, newest: number, files: number): Promise<number> {
  const { commitId } = db.tables.commitFiles;
  const [row] = await db
    .select({ commitId })
    .from(db.tables.commitFiles)
    .where(lte(commitId, newest))
    .orderBy(desc(commitId))
    .limit(1)
    .offset(files);
  return row?.commitId ?? 1;
}

async function newestCommit(db: Reader): Promise<number> {
  const [row] = await db.select({ id: max(db.tables.commits.id) }).from(db.tables.commits);
  return row?.id ?? 0;
}

function readCursor(cursor: string): number {
  const id = /^\d{1,16}$/.test(cursor) ? Number(cursor) : Number.NaN;
  if (!Number.isSafeInteger(id)) throw invalidCursor();
  return id;
}

/** When the oldest of the organization's commits in a window was made; null when none of them is. */
export async function oldestDate(db: Reader, organizationId: number, { newest, oldest }: SearchWindow): Promise<Date | null> {
  const { commits } = db.tables;
  const [row] = await db
    .select({ dateCreated: commits.dateCreated })
    .from(commits)
    .where(and(gte(commits.id, oldest), lte(commits.id, newest), eq(notByIndex(commits.organizationId), organizationId)))
    .orderBy(asc(commits.id))
    .limit(1);
  return row?.dateCreated ?? null;
}
