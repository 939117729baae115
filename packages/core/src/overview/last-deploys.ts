import { anyOf } from "@landfall/db/any-of";
import type { Reader } from "@landfall/db/store";
import type { ProjectBriefView } from "@landfall/schema/views/brief";
import type { OverviewView } from "@landfall/schema/views/overview";
import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { deployWithinReach, preparedWithinReach, withinReach } from "../access/within-reach.ts";
import { findDeploysWithRelease } from "../board/find-deploy-facts.ts";

/** Where not every project is within reach, so many deploys are looked at. */
const MAX_SCANNED = 1000;
const MAX_DEPLOYS = 10;
/** More projects and environments of ten releases are not named. */
const MAX_PLACES = 2000;

/** The last finished deploys of projects within reach, of the newest 1000 of the organization. Three queries. */
export async function findLastDeploys(db: Reader, organizationId: number, reach: ProjectReach): Promise<OverviewView["deploys"]> {
  const ids = (await selectLast(db, reach, { organizationId })).map((row) => row.id);
  const facts = await findDeploysWithRelease(db, ids);
  const projectsOf = await findProjects(
    db,
    [...facts.values()].map(({ release }) => release.id),
    reach,
  );
  return ids.flatMap((id) => {
    const known = facts.get(id);
    return known ? [{ ...known.view, version: known.release.version, projects: projectsOf(known.deploy) }] : [];
  });
}

type Deployed = { readonly id: number; readonly releaseId: number; readonly environmentId: number };

/** The projects a deploy was for: those of which that release's last deploy there is known and not older. */
async function findProjects(
  db: Reader,
  releaseIds: readonly number[],
  reach: ProjectReach,
): Promise<(deploy: Deployed) => ProjectBriefView[]> {
  const rows = releaseIds.length === 0 ? [] : await selectPlaces(db, reach, { releaseIds: JSON.stringify(releaseIds) });
  return (deploy) =>
    rows
      .filter(
        (row) => row.releaseId === deploy.releaseId && row.environmentId === deploy.environmentId && (row.lastDeployId ?? 0) >= deploy.id,
      )
      .map(({ projectId, slug, name }) => ({ id: String(projectId), slug, name }));
}

const selectLast = preparedWithinReach((db, reach) => {
  const { deploys } = db.tables;
  const { id, releaseId, environmentId, dateFinished } = deploys;
  const looked = db
    .select({ id, releaseId, environmentId, dateFinished })
    .from(deploys)
    .where(eq(deploys.organizationId, sql.placeholder("organizationId")))
    .orderBy(desc(dateFinished), desc(id))
    .limit(reach === "all" ? MAX_DEPLOYS : MAX_SCANNED)
    .as("looked");
  return db
    .select({ id: looked.id })
    .from(looked)
    .where(deployWithinReach(db, looked, reach))
    .orderBy(desc(looked.dateFinished), desc(looked.id))
    .limit(MAX_DEPLOYS)
    .prepare();
});

const selectPlaces = preparedWithinReach((db, reach) => {
  const { releaseEnvironments: seen, projects } = db.tables;
  return db
    .select({
      releaseId: seen.releaseId,
      environmentId: seen.environmentId,
      lastDeployId: seen.lastDeployId,
      projectId: projects.id,
      slug: projects.slug,
      name: projects.name,
    })
    .from(seen)
    .innerJoin(projects, eq(projects.id, seen.projectId))
    .where(and(anyOf(seen.releaseId, "releaseIds"), withinReach(seen.projectId, reach)))
    .orderBy(asc(projects.slug))
    .limit(MAX_PLACES)
    .prepare();
});
