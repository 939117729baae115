import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { asc, eq, sql } from "drizzle-orm";
import type { NoteCommit } from "./draft-notes.ts";

/** So many commits of a release are read at most, and so much of each message. */
const MAX_COMMITS = 5000;
const LONGEST_MESSAGE = 4000;

/** The newest 5000 commits of a release, the newest first. */
export const findNoteCommits = (db: Reader, releaseId: number): Promise<NoteCommit[]> => selectCommits(db, { releaseId });

const selectCommits = prepared((db: Reader) => {
  const { releaseCommits, commits, repositories, commitAuthors } = db.tables;
  return db
    .select({
      sha: commits.sha,
      message: sql<string | null>`substr(${commits.message}, 1, ${sql.raw(String(LONGEST_MESSAGE))})`,
      repositoryUrl: repositories.url,
      author: commitAuthors,
    })
    .from(releaseCommits)
    .innerJoin(commits, eq(commits.id, releaseCommits.commitId))
    .innerJoin(repositories, eq(repositories.id, commits.repositoryId))
    .leftJoin(commitAuthors, eq(commitAuthors.id, commits.authorId))
    .where(eq(releaseCommits.releaseId, sql.placeholder("releaseId")))
    .orderBy(asc(releaseCommits.position))
    .limit(MAX_COMMITS)
    .prepare();
});
