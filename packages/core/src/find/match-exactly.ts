import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, asc, desc, eq, gte, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { commitWithinReach, releaseWithinReach } from "../access/within-reach.ts";
import type { SearchQuery } from "./read-question.ts";

const MATCHED_RELEASES = 10;

/** The releases of exactly this version, and those of its numbers in any package; the newest first, at most ten. Two queries. */
export async function matchReleases(
  db: Reader,
  organizationId: number,
  reach: ProjectReach,
  { text, numbers }: SearchQuery,
): Promise<ReleaseRow[]> {
  const { releases } = db.tables;
  const named = await selectReleases(db, organizationId, reach, eq(releases.version, text));
  if (numbers === null) return named;
  const { major, minor, patch, revision, isFinal, prerelease } = releases;
  const key = sql`(${major}, ${minor}, ${patch}, ${revision}, ${isFinal}, ${prerelease})`;
  const given = sql.join(
    numbers.map((part) => sql`${part}`),
    sql`, `,
  );
  const numbered = await selectReleases(db, organizationId, reach, sql`${key} = (${given})`);
  const others = numbered.filter(({ id }) => !named.some((release) => release.id === id));
  return [...named, ...others].slice(0, MATCHED_RELEASES);
}

function selectReleases(db: Reader, organizationId: number, reach: ProjectReach, where: SQL | undefined): Promise<ReleaseRow[]> {
  const { releases } = db.tables;
  return db
    .select()
    .from(releases)
    .where(and(eq(releases.organizationId, organizationId), where, releaseWithinReach(db, releases.id, reach)))
    .orderBy(desc(releases.dateCreated), desc(releases.id))
    .limit(MATCHED_RELEASES);
}

/** The ids of the first commits of these releases. */
export async function commitsOfReleases(db: Reader, releaseIds: readonly number[], limit: number): Promise<number[]> {
  if (releaseIds.length === 0) return [];
  const { releaseCommits } = db.tables;
  const rows = await db
    .select({ id: releaseCommits.commitId })
    .from(releaseCommits)
    .where(inArray(releaseCommits.releaseId, [...releaseIds]))
    .orderBy(desc(releaseCommits.releaseId), asc(releaseCommits.position))
    .limit(limit);
  return rows.map((row) => row.id);
}

/** The ids of the commits whose hash begins so, or whose identifier is exactly this text. */
export async function matchSha(
  db: Reader,
  organizationId: number,
  reach: ProjectReach,
  { sha, text }: SearchQuery,
  limit: number,
): Promise<number[]> {
  const { commits } = db.tables;
  // No hash has a letter after f, so "g" ends the range of every beginning.
  const called = sha === null ? eq(commits.sha, text) : or(eq(commits.sha, text), and(gte(commits.sha, sha), lt(commits.sha, `${sha}g`)));
  const rows = await db
    .select({ id: commits.id })
    .from(commits)
    .where(and(eq(commits.organizationId, organizationId), called, commitWithinReach(db, reach)))
    .orderBy(desc(commits.id))
    .limit(limit);
  return rows.map((row) => row.id);
}
