import { anyOf, equalTo, withoutIndex } from "@landfall/db/sql/conditions";
import { prepared, type Statement } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { and, type Column, eq, exists, gte, inArray, notExists, or, type SQL, sql } from "drizzle-orm";
import type { Access } from "./organization-access.ts";

/** The projects an actor may reach: all of the organization's, or the ones listed. */
export type ProjectReach = { readonly all: true } | { readonly all: false; readonly ids: ReadonlySet<number> };

/** Every project the caller may read and write (contract 3.5, 4.1). */
export async function reachableProjects(db: Reader, access: Access): Promise<ProjectReach> {
  if (access.reachesAllProjects) return { all: true };
  return { all: false, ids: await projectsOf(db, access) };
}

/** The projects a list shows when none are named: those of the person's teams, the webhook's, or all for an actor that owns them all (contract 15.1). */
export async function ownProjects(db: Reader, access: Access): Promise<ProjectReach> {
  if (access.ownsAllProjects) return { all: true };
  return { all: false, ids: await projectsOf(db, access) };
}

/** Whether a project is among the reachable ones. */
export const reaches = (reach: ProjectReach, projectId: number): boolean => reach.all || reach.ids.has(projectId);

/** Whether all projects of some links are within reach. */
export const reachesEvery = (reach: ProjectReach, links: readonly { readonly projectId: number }[]): boolean =>
  links.every(({ projectId }) => reaches(reach, projectId));

/** The projects an actor has where not all are open to it: a webhook its own, a person those of their teams. */
async function projectsOf(db: Reader, access: Access): Promise<ReadonlySet<number>> {
  if (access.projectId !== null) return new Set([access.projectId]);
  if (access.userId === null) return new Set();
  const rows = await selectTeamProjects(db, { userId: access.userId, organizationId: access.organization.id });
  return new Set(rows.map((row) => row.projectId));
}

const selectTeamProjects = prepared((db: Reader, param: { userId: number; organizationId: number }) => {
  const { projectTeams, teamMembers, teams } = db.tables;
  return db
    .selectDistinct({ projectId: projectTeams.projectId })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .innerJoin(projectTeams, eq(projectTeams.teamId, teams.id))
    .where(and(equalTo(teamMembers.userId, param.userId), equalTo(teams.organizationId, param.organizationId)))
    .prepare();
});

/** The reach of a prepared statement: every project, or those of a list, which is a parameter of the statement. */
export type PreparedReach = "all" | readonly number[];

type Reach = ProjectReach | PreparedReach;

/**
 * Whether a column holds the id of a project within reach; undefined, which is no condition, where every project is. Every statement that
 * holds rows to the projects of a caller does it by this function or by one of those below. With `byIndex: false` SQLite uses no index on
 * the column: better where the rows of one release are at hand already.
 */
export function withinReach(projectId: Column, reach: Reach, { byIndex = true }: { readonly byIndex?: boolean } = {}): SQL | undefined {
  if (reach === "all") return undefined;
  if (!("all" in reach)) return byIndex ? anyOf(projectId, reach) : sql`+${anyOf(projectId, reach)}`;
  if (reach.all) return undefined;
  const ids = [...reach.ids];
  return byIndex ? inArray(projectId, ids) : inArray(withoutIndex(projectId), ids);
}

const isWhole = (reach: Reach): boolean => reach === "all" || ("all" in reach && reach.all);

/** A statement prepared in two forms: for callers who reach every project, and for all others. */
export function preparedWithinReach<Values extends object, Rows>(
  build: (db: Reader, reach: PreparedReach, param: Values) => Statement<Rows>,
): (db: Reader, reach: ProjectReach, values: Values) => Promise<Rows> {
  const ofAll = prepared((db: Reader, param: Values) => build(db, "all", param));
  const ofListed = prepared((db: Reader, param: Values & { projectIds: readonly number[] }) => build(db, param.projectIds, param));
  return (db, reach, values) => (reach.all ? ofAll(db, values) : ofListed(db, { ...values, projectIds: [...reach.ids] }));
}

/** Whether a release has a project within reach; a release without any project has none. */
export function releaseWithinReach(db: Reader, releaseId: Column, reach: Reach): SQL {
  const { releaseProjects } = db.tables;
  return exists(
    db
      .select({ one: sql`1` })
      .from(releaseProjects)
      .where(and(eq(releaseProjects.releaseId, releaseId), withinReach(releaseProjects.projectId, reach, { byIndex: false }))),
  );
}

/** Whether a row of `commits` may be shown: any where every project is within reach, else those of releases that have such a project. */
export function commitWithinReach(db: Reader, reach: Reach): SQL | undefined {
  if (isWhole(reach)) return undefined;
  const { commits, releaseCommits, releaseProjects } = db.tables;
  return exists(
    db
      .select({ one: sql`1` })
      .from(releaseCommits)
      .innerJoin(releaseProjects, eq(releaseProjects.releaseId, releaseCommits.releaseId))
      .where(and(eq(releaseCommits.commitId, commits.id), withinReach(releaseProjects.projectId, reach, { byIndex: false }))),
  );
}

/**
 * Whether a row of `repositories` may be shown: any where every project is within reach, else those in which a release of such a project
 * has a head commit, as every release has in each repository its commits are from.
 */
export function repositoryWithinReach(db: Reader, reach: Reach): SQL | undefined {
  if (isWhole(reach)) return undefined;
  const { repositories, releaseHeads, releaseProjects } = db.tables;
  const named = db
    .select({ id: releaseHeads.repositoryId })
    .from(releaseProjects)
    .innerJoin(releaseHeads, eq(releaseHeads.releaseId, releaseProjects.releaseId))
    .where(withinReach(releaseProjects.projectId, reach));
  return inArray(repositories.id, named);
}

/** Whether a row of `environments` may be shown: any where every project is within reach, else those of such projects, or of none at all. */
export function environmentWithinReach(db: Reader, reach: Reach): SQL | undefined {
  if (isWhole(reach)) return undefined;
  const { environments, environmentProjects: used } = db.tables;
  const usedBy = (projects: SQL | undefined) =>
    db
      .select({ one: sql`1` })
      .from(used)
      .where(and(eq(used.environmentId, environments.id), projects));
  return or(exists(usedBy(withinReach(used.projectId, reach))), notExists(usedBy(undefined)));
}

type DeployColumns = Readonly<Record<"id" | "releaseId" | "environmentId", Column>>;

/** Whether a deploy was for a project within reach. No condition where every project is within reach. */
export function deployWithinReach(db: Reader, deploy: DeployColumns, reach: Reach): SQL | undefined {
  if (isWhole(reach)) return undefined;
  return deployIsForProject(db, deploy, withinReach(db.tables.releaseEnvironments.projectId, reach, { byIndex: false }), {
    byIndex: false,
  });
}

/**
 * Whether a deploy was for a project that `projects`, a condition on `releaseEnvironments.projectId`, selects. A deploy was for a project
 * if the last deploy of its release to its environment that was for the project is that deploy or a later one. With `byIndex: false`
 * SQLite uses no index on the environment: better where the condition allows many projects.
 */
export function deployIsForProject(
  db: Reader,
  { id, releaseId, environmentId }: DeployColumns,
  projects: SQL | undefined,
  { byIndex }: { readonly byIndex: boolean },
): SQL {
  const { releaseEnvironments: last } = db.tables;
  return exists(
    db
      .select({ one: sql`1` })
      .from(last)
      .where(
        and(
          eq(last.releaseId, releaseId),
          byIndex ? eq(last.environmentId, environmentId) : eq(withoutIndex(last.environmentId), environmentId),
          gte(last.lastDeployId, id),
          projects,
        ),
      ),
  );
}
