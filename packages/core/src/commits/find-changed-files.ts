import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import type { CommitDetailView } from "@landfall/schema/views/commit-detail";
import { asc, count, eq, sql } from "drizzle-orm";

const MAX_FILES = 1000;

/** The files a commit changed, by path: the first 1000, and how many there are. At most two queries. */
export async function findChangedFiles(db: Reader, commitId: number): Promise<CommitDetailView["files"]> {
  const items = await selectFiles(db, { commitId });
  if (items.length < MAX_FILES) return { total: items.length, items };
  const [row] = await countFiles(db, { commitId });
  return { total: row?.total ?? items.length, items };
}

const selectFiles = prepared((db: Reader) => {
  const { commitId, path, type } = db.tables.commitFiles;
  return db
    .select({ path, type })
    .from(db.tables.commitFiles)
    .where(eq(commitId, sql.placeholder("commitId")))
    .orderBy(asc(path))
    .limit(MAX_FILES)
    .prepare();
});

const countFiles = prepared((db: Reader) => {
  const { commitFiles } = db.tables;
  return db
    .select({ total: count() })
    .from(commitFiles)
    .where(eq(commitFiles.commitId, sql.placeholder("commitId")))
    .prepare();
});
