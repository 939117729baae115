import { containsText } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import type { EnvironmentRow, ReleaseRow } from "@landfall/db/tables/schema";
import { and, asc, desc, eq, exists, gt, gte, inArray, lt, lte, or, type SQL, sql } from "drizzle-orm";

export type NeighbourFilter = {
  readonly projectId: number;
  /** "open", "archived", or "" for both. */
  readonly status: string;
  /** Part of the version, in any case; "" for all. */
  readonly contains: string;
  readonly environments: readonly EnvironmentRow[];
};

export type Neighbours = {
  readonly prevReleaseVersion: string | null;
  readonly nextReleaseVersion: string | null;
  readonly firstReleaseVersion: string | null;
  readonly lastReleaseVersion: string | null;
};

/**
 * The releases before and after this one in a project, and the project's oldest and newest, by (dateCreated, id) (contract 4.1).
 * The environments count for all four, status and text only for the neighbours.
 */
export async function findNeighbours(db: Reader, release: ReleaseRow, filter: NeighbourFilter): Promise<Neighbours> {
  const { releases, releaseProjects, releaseEnvironments } = db.tables;
  const { projectId, status, contains, environments } = filter;
  const place = { date: releaseProjects.dateCreated, id: releaseProjects.releaseId };
  const deployed =
    environments.length === 0
      ? undefined
      : exists(
          db
            .select({ one: sql`1` })
            .from(releaseEnvironments)
            .where(
              and(
                eq(releaseEnvironments.releaseId, releaseProjects.releaseId),
                eq(releaseEnvironments.projectId, projectId),
                inArray(
                  releaseEnvironments.environmentId,
                  environments.map((environment) => environment.id),
                ),
              ),
            ),
        );
  const inProject = and(eq(releaseProjects.projectId, projectId), deployed);
  const like = and(
    inProject,
    status === "" ? undefined : eq(releaseProjects.isArchived, status === "archived"),
    contains === "" ? undefined : containsText(releases.version, contains),
  );
  const { dateCreated, id } = release;
  // The bound on the date alone is implied; it is what an index can walk from.
  const older = and(lte(place.date, dateCreated), or(lt(place.date, dateCreated), lt(place.id, id)));
  const newer = and(gte(place.date, dateCreated), or(gt(place.date, dateCreated), gt(place.id, id)));
  const one = async (where: SQL | undefined, direction: typeof asc) => {
    const [row] = await db
      .select({ version: releases.version })
      .from(releaseProjects)
      .innerJoin(releases, eq(releases.id, releaseProjects.releaseId))
      .where(where)
      .orderBy(direction(place.date), direction(place.id))
      .limit(1);
    return row?.version ?? null;
  };
  return {
    prevReleaseVersion: await one(and(like, older), desc),
    nextReleaseVersion: await one(and(like, newer), asc),
    firstReleaseVersion: await one(inProject, asc),
    lastReleaseVersion: await one(inProject, desc),
  };
}
