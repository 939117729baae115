import { integerRows } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import { aliasedTable, and, asc, eq, sql } from "drizzle-orm";

/** Two releases of a project, ordered by (dateEffective, id). */
export type ReleaseSpan = { readonly projectId: number; readonly olderId: number; readonly newerId: number };

/**
 * The number of releases after the older one up to the newer one, and the sum of their commits: those of the older one's package, without
 * versions lower than the older one or higher than the newer one. A commit of two releases counts twice.
 * `isCapped`: there are more releases than these.
 */
export type ReleaseDistance = { readonly releases: number; readonly commits: number; readonly isCapped: boolean };

/** How many releases of a span are read, starting at the older one. */
const MAX_SPAN_RELEASES = 1000;

/** The key of a span in a map. */
export const spanKey = ({ projectId, olderId, newerId }: ReleaseSpan): string => `${projectId}:${olderId}:${newerId}`;

/** Returns the distance of each span, by `spanKey`. At most one query, which reads 1000 releases of each span at most. */
export async function findDistances(db: Reader, spans: readonly ReleaseSpan[]): Promise<Map<string, ReleaseDistance>> {
  if (spans.length === 0) return new Map();
  const { releases, releaseProjects } = db.tables;
  const older = aliasedTable(releaseProjects, "older");
  const newer = aliasedTable(releaseProjects, "newer");
  const values = spans.map((span) => [span.projectId, span.olderId, span.newerId]);
  const { projectId, dateEffective, releaseId } = releaseProjects;
  const olderRelease = aliasedTable(releases, "older_release");
  const newerRelease = aliasedTable(releases, "newer_release");
  const isLower = (a: Reader["tables"]["releases"], b: Reader["tables"]["releases"]) => sql`${numbersOf(a)} < ${numbersOf(b)}`;
  const between = and(
    eq(projectId, sql`span.column1`),
    sql`${releases.package} is not distinct from ${olderRelease.package}`,
    sql`(${dateEffective}, ${releaseId}) > (${older.dateEffective}, ${older.releaseId})`,
    sql`(${dateEffective}, ${releaseId}) <= (${newer.dateEffective}, ${newer.releaseId})`,
    // Hotfixes of older lines, and releases of newer lines. If the newer release has a lower version, the scheme of versions has changed.
    sql`not coalesce(not ${isLower(newerRelease, olderRelease)} and (${isLower(releases, olderRelease)} or ${isLower(newerRelease, releases)}), false)`,
  );
  const counted = (limit: number) =>
    db
      .select({ commitCount: releases.commitCount })
      .from(releaseProjects)
      .innerJoin(releases, eq(releases.id, releaseId))
      .where(between)
      .orderBy(asc(dateEffective), asc(releaseId))
      .limit(limit);
  const rows = await db
    .select({
      projectId: sql<number>`span.column1`.mapWith(Number),
      olderId: sql<number>`span.column2`.mapWith(Number),
      newerId: sql<number>`span.column3`.mapWith(Number),
      releases: sql<number>`(select count(*) from (${counted(MAX_SPAN_RELEASES + 1)}) as counted)`.mapWith(Number),
      commits: sql<number>`(select coalesce(sum(commit_count), 0) from (${counted(MAX_SPAN_RELEASES)}) as counted)`.mapWith(Number),
    })
    .from(integerRows(values, "span"))
    .innerJoin(older, and(eq(older.projectId, sql`span.column1`), eq(older.releaseId, sql`span.column2`)))
    .innerJoin(olderRelease, eq(olderRelease.id, older.releaseId))
    .innerJoin(newer, and(eq(newer.projectId, sql`span.column1`), eq(newer.releaseId, sql`span.column3`)))
    .innerJoin(newerRelease, eq(newerRelease.id, newer.releaseId));
  return new Map(
    rows.map(({ releases: count, commits, ...span }) => [
      spanKey(span),
      { releases: Math.min(count, MAX_SPAN_RELEASES), commits, isCapped: count > MAX_SPAN_RELEASES },
    ]),
  );
}

const numbersOf = ({ major, minor, patch, revision }: Reader["tables"]["releases"]) => sql`(${major}, ${minor}, ${patch}, ${revision})`;
