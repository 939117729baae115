import { containsText } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import type { EnvironmentRow, ReleaseRow } from "@landfall/db/tables/schema";
import { and, asc, desc, eq, gt, gte, lt, lte, or, type SQL } from "drizzle-orm";
import { isDeployedTo, inStatus } from "./filter.ts";

export type NeighborFilter = {
  readonly projectId: number;
  /** "open", "archived", or "" for both. */
  readonly status: string;
  /** A part of the version, case-insensitive; "" for all. */
  readonly contains: string;
  readonly environments: readonly EnvironmentRow[];
};

export type Neighbors = {
  readonly prevReleaseVersion: string | null;
  readonly nextReleaseVersion: string | null;
  readonly firstReleaseVersion: string | null;
  readonly lastReleaseVersion: string | null;
};

/**
 * Returns the releases before and after this one in a project, and the oldest and newest of the project, by (dateCreated, id)
 * (contract 4.1). The environments apply to all four, the status and text only to the neighbors.
 */
export async function findNeighbors(db: Reader, release: ReleaseRow, filter: NeighborFilter): Promise<Neighbors> {
  const { releases, releaseProjects, releaseEnvironments } = db.tables;
  const { projectId, status, contains, environments } = filter;
  const key = { date: releaseProjects.dateCreated, id: releaseProjects.releaseId };
  const isDeployed = isDeployedTo(db, releaseProjects.releaseId, environments, eq(releaseEnvironments.projectId, projectId));
  const inProject = and(eq(releaseProjects.projectId, projectId), isDeployed);
  const matches = and(
    inProject,
    inStatus(releaseProjects.isArchived, status),
    contains === "" ? undefined : containsText(releases.version, contains),
  );
  const { dateCreated, id } = release;
  // The bound on the date alone is redundant, but lets the database use an index.
  const older = and(lte(key.date, dateCreated), or(lt(key.date, dateCreated), lt(key.id, id)));
  const newer = and(gte(key.date, dateCreated), or(gt(key.date, dateCreated), gt(key.id, id)));
  const findVersion = async (where: SQL | undefined, direction: typeof asc) => {
    const [row] = await db
      .select({ version: releases.version })
      .from(releaseProjects)
      .innerJoin(releases, eq(releases.id, releaseProjects.releaseId))
      .where(where)
      .orderBy(direction(key.date), direction(key.id))
      .limit(1);
    return row?.version ?? null;
  };
  return {
    prevReleaseVersion: await findVersion(and(matches, older), desc),
    nextReleaseVersion: await findVersion(and(matches, newer), asc),
    firstReleaseVersion: await findVersion(inProject, asc),
    lastReleaseVersion: await findVersion(inProject, desc),
  };
}
