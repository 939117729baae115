import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { DeployRow, ReleaseRow } from "@landfall/db/tables/schema";
import type { DeployBriefView, ProjectBriefView } from "@landfall/schema/brief";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { DeployView } from "@landfall/schema/releases/deploys";
import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import { preparedWithinReach, type ProjectReach, withinReach } from "../access/project-reach.ts";
import { briefProject, briefUser } from "./briefs.ts";

/** Returns a deploy as the API returns it (contract 12.4). */
export const describeDeploy = (deploy: DeployRow, environment: string): DeployView => ({
  id: String(deploy.id),
  environment,
  dateStarted: instantOrNull(deploy.dateStarted),
  dateFinished: instant(deploy.dateFinished),
  name: deploy.name,
  url: deploy.url,
});

/** Returns deploys by id. At most one query. */
export async function findDeploys(db: Reader, ids: readonly number[]): Promise<Map<number, DeployView>> {
  if (ids.length === 0) return new Map();
  const rows = await selectDeploys(db, { ids });
  return new Map(rows.map(({ deploy, environment }) => [deploy.id, describeDeploy(deploy, environment)]));
}

const selectDeploys = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { deploys, environments } = db.tables;
  return db
    .select({ deploy: deploys, environment: environments.name })
    .from(deploys)
    .innerJoin(environments, eq(environments.id, deploys.environmentId))
    .where(anyOf(deploys.id, param.ids))
    .prepare();
});

/** A subquery of the deploys that meet a condition, last finished first, `limit` at most. */
export function newestDeploys(db: Reader, where: SQL | undefined, limit: number) {
  const { id, releaseId, environmentId, deployerId, dateFinished } = db.tables.deploys;
  return db
    .select({ id, releaseId, environmentId, deployerId, dateFinished })
    .from(db.tables.deploys)
    .where(where)
    .orderBy(desc(dateFinished), desc(id))
    .limit(limit)
    .as("newest");
}

/** A deploy with its release and its short description. */
export type DeployWithRelease = {
  readonly deploy: DeployRow;
  readonly release: ReleaseRow;
  /** The position of its environment. */
  readonly position: number;
  readonly view: DeployBriefView;
};

/** Returns deploys by id, with their releases. At most one query. */
export async function findDeploysWithRelease(db: Reader, ids: Iterable<number>): Promise<Map<number, DeployWithRelease>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await selectWithRelease(db, { ids: wanted });
  return new Map(
    rows.map(({ deploy, release, position, ...rest }) => [deploy.id, { deploy, release, position, view: describeBrief(deploy, rest) }]),
  );
}

type DeployContext = { readonly environment: string; readonly deployer: Parameters<typeof briefUser>[0] | null };

const describeBrief = (deploy: DeployRow, { environment, deployer }: DeployContext): DeployBriefView => ({
  ...describeDeploy(deploy, environment),
  deployer: deployer && briefUser(deployer),
});

const selectWithRelease = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { deploys, environments, releases, users } = db.tables;
  return db
    .select({
      deploy: deploys,
      release: releases,
      environment: environments.name,
      position: environments.position,
      deployer: { id: users.id, name: users.name, email: users.email },
    })
    .from(deploys)
    .innerJoin(releases, eq(releases.id, deploys.releaseId))
    .innerJoin(environments, eq(environments.id, deploys.environmentId))
    .leftJoin(users, eq(users.id, deploys.deployerId))
    .where(anyOf(deploys.id, param.ids))
    .prepare();
});

type DeployKey = Pick<DeployRow, "id" | "releaseId" | "environmentId">;

/** Rows that are read for a few deploys. */
const MAX_ROWS_OF_FEW = 2000;

/**
 * Returns the projects within reach that each deploy was for, by the id of the deploy, sorted by slug. `deployIsForProject` is the same
 * rule in SQL. With `ofFew`, which is for about ten deploys, at most 2000 rows are read. At most one query.
 */
export async function findProjectsOfDeploys(
  db: Reader,
  reach: ProjectReach,
  deploys: readonly DeployKey[],
  { ofFew = false }: { readonly ofFew?: boolean } = {},
): Promise<Map<number, ProjectBriefView[]>> {
  if (deploys.length === 0) return new Map();
  const rows = await (ofFew ? selectProjectsOfFew : selectProjects)(db, reach, {
    releaseIds: [...new Set(deploys.map(({ releaseId }) => releaseId))],
    environmentIds: [...new Set(deploys.map(({ environmentId }) => environmentId))],
  });
  const targets = Map.groupBy(rows, targetKey);
  return new Map(
    deploys.map((deploy) => [
      deploy.id,
      (targets.get(targetKey(deploy)) ?? [])
        .filter(({ lastDeployId }) => lastDeployId !== null && lastDeployId >= deploy.id)
        .map(({ projectId: id, slug, name }) => briefProject({ id, slug, name })),
    ]),
  );
}

const targetKey = ({ releaseId, environmentId }: Omit<DeployKey, "id">): string => `${releaseId}:${environmentId}`;

const selectProjectsUpTo = (limit: number | null) =>
  preparedWithinReach((db, reach, param: { releaseIds: readonly number[]; environmentIds: readonly number[] }) => {
    const { releaseEnvironments: last, projects } = db.tables;
    const { releaseId, environmentId, lastDeployId, projectId } = last;
    const statement = db
      .select({ releaseId, environmentId, lastDeployId, projectId: projects.id, slug: projects.slug, name: projects.name })
      .from(last)
      .innerJoin(projects, eq(projects.id, projectId))
      .where(
        and(
          anyOf(releaseId, param.releaseIds),
          sql`+${anyOf(environmentId, param.environmentIds)}`,
          withinReach(projectId, reach, { byIndex: false }),
        ),
      )
      .orderBy(asc(projects.slug));
    return (limit === null ? statement : statement.limit(limit)).prepare();
  });

const selectProjects = selectProjectsUpTo(null);
const selectProjectsOfFew = selectProjectsUpTo(MAX_ROWS_OF_FEW);
