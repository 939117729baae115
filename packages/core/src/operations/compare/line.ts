import type { Reader } from "@landfall/db/store";
import type { ComparisonView } from "@landfall/schema/releases/compare";
import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import { briefCommits, briefRelease } from "../../records/briefs.ts";
import { MAX_SPAN_RELEASES, type ReleaseSpan } from "../../records/release-distance.ts";

type BetweenRequest = ReleaseSpan & {
  readonly organizationId: number;
  readonly limit: number;
  /** The number of releases, from the distance. */ readonly releases: number;
};

/**
 * Returns the releases of a project after the older one up to the newer one, newest first, and their distinct commits in the order of the
 * newest release that contains each. Six queries.
 */
export async function findReleasesBetween(db: Reader, span: BetweenRequest): Promise<NonNullable<ComparisonView["between"]>> {
  const { releases, releaseCommits, commits, repositories, commitAuthors } = db.tables;
  const { organizationId, limit } = span;
  const links = linksBetween(db, span).as("links");
  const rows = await db
    .select({ release: releases })
    .from(links)
    .innerJoin(releases, eq(releases.id, links.releaseId))
    .orderBy(desc(links.dateEffective), desc(links.releaseId))
    .limit(limit);
  const newest = sql`${links.dateEffective} desc, ${links.releaseId} desc`;
  const ranked = db
    .select({
      commitId: releaseCommits.commitId,
      dateEffective: links.dateEffective,
      releaseId: links.releaseId,
      position: releaseCommits.position,
      rank: sql<number>`row_number() over (partition by ${releaseCommits.commitId} order by ${newest})`.mapWith(Number).as("rank"),
    })
    .from(links)
    .innerJoin(releaseCommits, eq(releaseCommits.releaseId, links.releaseId))
    .as("ranked");
  const found = await db
    .select({ commit: commits, repository: repositories, author: commitAuthors, total: sql<number>`count(*) over ()`.mapWith(Number) })
    .from(ranked)
    .innerJoin(commits, eq(commits.id, ranked.commitId))
    .innerJoin(repositories, eq(repositories.id, commits.repositoryId))
    .leftJoin(commitAuthors, eq(commitAuthors.id, commits.authorId))
    .where(eq(ranked.rank, 1))
    .orderBy(desc(ranked.dateEffective), desc(ranked.releaseId), asc(ranked.position))
    .limit(limit);
  return {
    releases: { total: span.releases, items: rows.map(({ release }) => briefRelease(release)) },
    commits: { total: found[0]?.total ?? 0, items: await briefCommits(db, organizationId, found) },
  };
}

function linksBetween(db: Reader, { projectId, olderId, newerId }: ReleaseSpan) {
  const { releaseProjects } = db.tables;
  const { releaseId, dateEffective } = releaseProjects;
  const keyOf = (id: number): SQL => {
    const key = db
      .select({ dateEffective, releaseId })
      .from(releaseProjects)
      .where(and(eq(releaseProjects.projectId, projectId), eq(releaseId, id)));
    return sql`(${key})`;
  };
  return db
    .select({ releaseId, dateEffective })
    .from(releaseProjects)
    .where(
      and(
        eq(releaseProjects.projectId, projectId),
        sql`(${dateEffective}, ${releaseId}) > ${keyOf(olderId)}`,
        sql`(${dateEffective}, ${releaseId}) <= ${keyOf(newerId)}`,
      ),
    )
    .orderBy(asc(dateEffective), asc(releaseId))
    .limit(MAX_SPAN_RELEASES);
}
