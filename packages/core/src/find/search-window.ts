import type { Reader } from "@landfall/db/store";
import { and, asc, desc, eq, gte, lte, max } from "drizzle-orm";
import { notByIndex } from "../board/not-by-index.ts";
import { invalidCursor } from "../pagination/page-request.ts";

/** The commits one search looks at, by their ids, both included. Ids grow as commits are stored. */
export type SearchWindow = { readonly newest: number; readonly oldest: number };

/** One search looks at no more commits than this, and at no more of the files they changed; where it reads messages alone, at more. */
const COMMITS = 50_000;
const FILES = 200_000;
const MESSAGES = 100_000;

/** The next commits to search, from where a search before stopped; null when there are none. Throws `invalid` for a text that is no cursor. */
export async function findWindow(db: Reader, cursor: string | undefined, withFiles: boolean): Promise<SearchWindow | null> {
  const newest = cursor === undefined ? await newestCommit(db) : readCursor(cursor) - 1;
  if (newest < 1) return null;
  const { commitId } = db.tables.commitFiles;
  const [edge] = withFiles
    ? await db.select({ commitId }).from(db.tables.commitFiles).where(lte(commitId, newest)).orderBy(desc(commitId)).limit(1).offset(FILES)
    : [];
  return { newest, oldest: Math.max(1, newest - (withFiles ? COMMITS : MESSAGES) + 1, edge?.commitId ?? 1) };
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
