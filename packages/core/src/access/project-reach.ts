import { anyOf, equalTo, withoutIndex } from "@landfall/db/sql/conditions";
import { prepared, type Statement } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { and, type Column, eq, exists, gte, inArray, notExists, or, type SQL, sql } from "drizzle-orm";
import type { Access } from "./organization-access.ts";

/** The projects that a caller may reach: all of the organization, or the listed ones. */
export type ProjectReach = { readonly all: true } | { readonly all: false; readonly ids: ReadonlySet<number> };

/** The projects that the caller may read and write (contract 3.5, 4.1). */
export async function reachableProjects(db: Reader, access: Access): Promise<ProjectReach> {
  if (access.reachesAllProjects) return { all: true };
  return { all: false, ids: await projectsOf(db, access) };
}

/**
 * The projects in lists without a project filter: those of the user's teams, that of a webhook, or all of them for an actor with
 * `ownsAllProjects` (contract 15.1).
 */
export async function ownProjects(db: Reader, access: Access): Promise<ProjectReach> {
  if (access.ownsAllProjects) return { all: true };
  return { all: false, ids: await projectsOf(db, access) };
}

/** Whether a project is within reach. */
export const reaches = (reach: ProjectReach, projectId: number): boolean => reach.all || reach.ids.has(projectId);

/** Whether all projects of some links are within reach. */
export const reachesEvery = (reach: ProjectReach, links: readonly { readonly projectId: number }[]): boolean =>
  links.every(({ projectId }) => reaches(reach, projectId));

/** The projects of a caller who does not reach all: that of a webhook, or those of the user's teams. */
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
 * The condition that a column has the id of a project within reach; undefined if every project is. Every statement that limits its rows to
 * the projects of the caller uses this function or one of those below. With `byIndex: false`, SQLite uses no index on the column, which is
 * faster if another condition already selects the rows of one release.
 */
export function withinReach(projectId: Column, reach: Reach, { byIndex = true }: { readonly byIndex?: boolean } = {}): SQL | undefined {
  if (reach === "all") return undefined;
  if (!("all" in reach)) return byIndex ? anyOf(projectId, reach) : sql`+${anyOf(projectId, reach)}`;
  if (reach.all) return undefined;
  const ids = [...reach.ids];
  return byIndex ? inArray(projectId, ids) : inArray(withoutIndex(projectId), ids);
}

const isWhole = (reach: Reach): boolean => reach === "all" || ("all" in reach && reach.all);

/** Prepares a statement twice: for callers who reach every project, and for all others. */
export function preparedWithinReach<Values extends object, Rows>(
  build: (db: Reader, reach: PreparedReach, param: Values) => Statement<Rows>,
): (db: Reader, reach: ProjectReach, values: Values) => Promise<Rows> {
  const ofAll = prepared((db: Reader, param: Values) => build(db, "all", param));
  const ofListed = prepared((db: Reader, param: Values & { projectIds: readonly number[] }) => build(db, param.projectIds, param));
  return (db, reach, values) => (reach.all ? ofAll(db, values) : ofListed(db, { ...values, projectIds: [...reach.ids] }));
}

/** The condition that a release has a project within reach. */
export function releaseWithinReach(db: Reader, releaseId: Column, reach: Reach): SQL {
  const { releaseProjects } = db.tables;
  return exists(
    db
      .select({ one: sql`1` })
      .from(releaseProjects)
      .where(and(eq(releaseProjects.releaseId, releaseId), withinReach(releaseProjects.projectId, reach, { byIndex: false }))),
  );
}

/** The condition that a row of `commits` is within reach: it belongs to a release that has a project within reach. */
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
 * The condition that a row of `repositories` is within reach: a release that has a project within reach has a head commit in it, as every
 * release has in each repository of its commits.
 */
export function repositoryWithinReach(db: Reader, reach: Reach): SQL | undefined {
  if (isWhole(reach)) return undefined;
  const { repositories, releaseHeads, releaseProjects } = db.tables;
  const reached = db
    .select({ id: releaseHeads.repositoryId })
    .from(releaseProjects)
    .innerJoin(releaseHeads, eq(releaseHeads.releaseId, releaseProjects.releaseId))
    .where(withinReach(releaseProjects.projectId, reach));
  return inArray(repositories.id, reached);
}

/** The condition that a row of `environments` is within reach: a project within reach uses it, or no project does. */
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
