import { withoutIndex } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import { and, count, desc, eq, gte, lt, lte, max, min } from "drizzle-orm";
import { commitWithinReach, type ProjectReach } from "../../access/project-reach.ts";
import { invalidCursor } from "../../kernel/page-request.ts";

/** The commits that one search reads, by their first and last id. Ids increase as commits are stored. */
export type SearchWindow = { readonly newest: number; readonly oldest: number };

/** The maximum number of commits, and of the files they changed; null if files are not read. */
type WindowLimits = { readonly commits: number; readonly files: number | null };

/** The limits of a search in messages and files, and of one in messages only. */
export const TEXT_LIMITS: WindowLimits = { commits: 50_000, files: 200_000 };

export const MESSAGE_LIMITS: WindowLimits = { commits: 100_000, files: null };

/**
 * Returns the next commits to search, from the cursor of the previous search on; null if there are none.
 *
 * @throws `invalid` for an invalid cursor
 */
export async function findSearchWindow(db: Reader, cursor: string | undefined, limits: WindowLimits): Promise<SearchWindow | null> {
  const newest = cursor === undefined ? await newestCommit(db) : readCursor(cursor) - 1;
  if (newest < 1) return null;
  const oldest = limits.files === null ? 1 : await findOldest(db, newest, limits.files);
  return { newest, oldest: Math.max(1, newest - limits.commits + 1, oldest) };
}

/** Returns the oldest commit such that the commits from there to `newest` changed at most about `files` files. */
async function findOldest(db: Reader, newest: number, files: number): Promise<number> {
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

/** Returns whether the organization has a commit that was stored before this one. Commits of other organizations do not count. */
export async function hasOlder(db: Reader, organizationId: number, id: number): Promise<boolean> {
  if (id <= 1) return false;
  const { commits } = db.tables;
  const rows = await db
    .select({ id: commits.id })
    .from(commits)
    .where(and(eq(commits.organizationId, organizationId), lt(commits.id, id)))
    .limit(1);
  return rows.length > 0;
}

/** Returns the number of commits in a window within reach, and the date of the oldest; null without commits. One query. */
export async function countSearched(
  db: Reader,
  { organizationId, reach, newest, oldest }: SearchWindow & { readonly organizationId: number; readonly reach: ProjectReach },
): Promise<{ readonly commits: number; readonly backTo: Date | null }> {
  const { commits } = db.tables;
  const visible = db
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
    .as("visible");
  const [row] = await db
    .select({ number: visible.number, backTo: commits.dateCreated })
    .from(visible)
    .leftJoin(commits, eq(commits.id, visible.oldest));
  return { commits: row?.number ?? 0, backTo: row?.backTo ?? null };
}
