import { withoutIndex } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import { and, count, desc, eq, gte, lt, lte, max, min } from "drizzle-orm";
import { commitWithinReach, type ProjectReach } from "../../access/project-reach.ts";
import { invalidCursor } from "../../kernel/page-request.ts";

/** The commits one search looks at, by their ids, both included. Ids grow as commits are stored. */
export type SearchWindow = { readonly newest: number; readonly oldest: number };

/** No more commits than this are looked at, and of the files they changed no more than that; null where files are not. */
type WindowLimits = { readonly commits: number; readonly files: number | null };

/** What one search looks at that reads messages and files, and one that reads messages alone. */
export const TEXT_LIMITS: WindowLimits = { commits: 50_000, files: 200_000 };

export const MESSAGE_LIMITS: WindowLimits = { commits: 100_000, files: null };

/** The next commits to search, from where a search before stopped; null when there are none. Throws `invalid` for a text that is no cursor. */
export async function findSearchWindow(db: Reader, cursor: string | undefined, most: WindowLimits): Promise<SearchWindow | null> {
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

/** Whether the organization has a commit stored before one; those of others are nobody else's to hear of. */
export async function hasOlder(db: Reader, organizationId: number, id: number): Promise<boolean> {
  if (id <= 1) return false;
  const { commits } = db.tables;
  const rows = await db
    .select({ id: commits.id })
    .from(commits)
    .where(and(eq(commits.organizationId, organizationId), lt(withoutIndex(commits.id), id)))
    .limit(1);
  return rows.length > 0;
}

/** How many of the commits in a window the caller may see, and when the oldest of them was made; null for none. One query. */
export async function countSearched(
  db: Reader,
  { organizationId, reach, newest, oldest }: SearchWindow & { readonly organizationId: number; readonly reach: ProjectReach },
): Promise<{ readonly commits: number; readonly backTo: Date | null }> {
  const { commits } = db.tables;
  const seen = db
    .select({ number: count().as("number"), oldest: min(commits.id).as("oldest") })
    .from(commits)
    .where(
      and(
        gte(commits.id, oldest),
        lte(commits.id, newest),
        eq(withoutIndex(commits.organizationId), organizationId),
        commitWithinReach(db, reach),
      ),
    )
    .as("seen");
  const [row] = await db
    .select({ number: seen.number, backTo: commits.dateCreated })
    .from(seen)
    .leftJoin(commits, eq(commits.id, seen.oldest));
  return { commits: row?.number ?? 0, backTo: row?.backTo ?? null };
}
