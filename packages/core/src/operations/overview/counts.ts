import type { Reader } from "@landfall/db/store";
import type { OverviewView } from "@landfall/schema/releases/overview";
import { and, count, countDistinct, eq, gte, type SQL, sql } from "drizzle-orm";
import { deployWithinReach, type PreparedReach, preparedWithinReach, type ProjectReach, withinReach } from "../../access/project-reach.ts";
import { newestDeploys } from "../../records/deploys.ts";

/** Releases or deploys that are counted. */
const MAX_COUNTED = 10_000;

/** Deploys that are read if not every project is within reach. */
const MAX_SCANNED_DEPLOYS = 1000;

/**
 * Counts the projects within reach, the environments that they were deployed to and do not hide, their open releases, and their deploys
 * that finished at or after `since`. One query.
 */
export async function countOverview(
  db: Reader,
  { organizationId, reach, since }: { readonly organizationId: number; readonly reach: ProjectReach; readonly since: Date },
): Promise<OverviewView["counts"]> {
  const [row] = await selectCounts(db, reach, { organizationId, since });
  const { projects = 0, environments = 0, releases = 0, deploys = 0, scannedDeploys = 0 } = row ?? {};
  return {
    projects,
    environments,
    releases: { count: Math.min(releases, MAX_COUNTED), isCapped: releases > MAX_COUNTED },
    deploys: { count: Math.min(deploys, MAX_COUNTED), isCapped: scannedDeploys > (reach.all ? MAX_COUNTED : MAX_SCANNED_DEPLOYS) },
  };
}

type CountParameters = { readonly organizationId: number; readonly since: Date };

const selectCounts = preparedWithinReach((db, reach, param: CountParameters) => {
  const { projects, environmentProjects } = db.tables;
  const ofOrganization = eq(projects.organizationId, param.organizationId);
  const reachable = db
    .select({ n: count() })
    .from(projects)
    .where(and(ofOrganization, withinReach(projects.id, reach)));
  const environments = db
    .select({ n: countDistinct(environmentProjects.environmentId) })
    .from(projects)
    .innerJoin(environmentProjects, and(eq(environmentProjects.projectId, projects.id), eq(environmentProjects.isHidden, false)))
    .where(and(ofOrganization, withinReach(projects.id, reach)));
  return db
    .select({
      projects: scalar(sql`${reachable}`),
      environments: scalar(sql`${environments}`),
      releases: scalar(openReleases(db, reach, param)),
      deploys: scalar(recentDeploys(db, reach, param, true)),
      scannedDeploys: scalar(recentDeploys(db, reach, param, false)),
    })
    .from(sql`(select 1) as one_row`)
    .prepare();
});

const scalar = (query: SQL) => sql<number>`(${query})`.mapWith(Number);

function openReleases(db: Reader, reach: PreparedReach, param: CountParameters): SQL {
  const { releases, releaseProjects } = db.tables;
  const ofAll = db
    .select({ one: sql`1`.as("one") })
    .from(releases)
    .where(and(eq(releases.organizationId, param.organizationId), eq(releases.isArchived, false)));
  const ofSome = db
    .selectDistinct({ one: releaseProjects.releaseId })
    .from(releaseProjects)
    .where(and(withinReach(releaseProjects.projectId, reach), eq(releaseProjects.isArchived, false)));
  return sql`select count(*) from (${(reach === "all" ? ofAll : ofSome).limit(MAX_COUNTED + 1)}) as open_releases`;
}

function recentDeploys(db: Reader, reach: PreparedReach, param: CountParameters, onlyReachable: boolean): SQL {
  const { dateFinished, organizationId } = db.tables.deploys;
  const isRecent = and(eq(organizationId, param.organizationId), gte(dateFinished, sql.param(param.since, dateFinished)));
  const newest = newestDeploys(db, isRecent, (reach === "all" ? MAX_COUNTED : MAX_SCANNED_DEPLOYS) + 1);
  const counted = db
    .select({ n: count() })
    .from(newest)
    .where(onlyReachable ? deployWithinReach(db, newest, reach) : undefined);
  return sql`${counted}`;
}
