import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { instant } from "@landfall/schema/instant";
import type { ProjectBriefView } from "@landfall/schema/views/brief";
import type { ChangeLocationView } from "@landfall/schema/views/find";
import { and, inArray } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { compareAge } from "../board/compare-age.ts";
import { findEnvironmentColumns } from "../board/find-columns.ts";
import { type DeployWithRelease, findDeploysWithRelease } from "../board/find-deploy-facts.ts";
import { findLatestDeploys, placeKey } from "../board/latest-deploys.ts";
import { findContainingReleases } from "./read-holders.ts";
import { isLater } from "./is-later.ts";

/** In which releases a commit is, the newest first, and in which environments. */
export type Whereabouts = { readonly releases: readonly ReleaseRow[]; readonly environments: readonly ChangeLocationView[] };

/** For all commits together, so many projects are looked at; of one commit, so many places are told. */
const MAX_PROJECTS = 200;
const MAX_ENVIRONMENTS = 100;

/**
 * Where commits are, by their id: the releases that hold them, as far as a project of theirs is within reach, and for each such project
 * and each environment of it (at most 20) whether what is there now holds the commit. Projects are taken by their slugs, 200 for all
 * commits together, and 100 places for each commit. Eight queries whatever their number.
 */
export async function findWhereabouts(
  db: Reader,
  organizationId: number,
  reach: ProjectReach,
  commitIds: readonly number[],
): Promise<Map<number, Whereabouts>> {
  const { holders, projects, deployed } = await findContainingReleases(db, reach, commitIds);
  const known = [...projects.values()].toSorted((a, b) => (a.slug < b.slug ? -1 : 1)).slice(0, MAX_PROJECTS);
  const now = await findCurrentDeploys(db, organizationId, known);
  return new Map(
    commitIds.map((commitId) => {
      const mine = (holders.get(commitId) ?? []).toSorted((a, b) => compareAge(b.release, a.release));
      const environments = now.flatMap((place) => {
        const inProject = mine.flatMap(({ release, projectIds }) => (projectIds.has(Number(place.project.id)) ? release : []));
        return inProject.length === 0 ? [] : describePlace(place, inProject, deployed);
      });
      return [commitId, { releases: mine.map(({ release }) => release), environments: environments.slice(0, MAX_ENVIRONMENTS) }];
    }),
  );
}

type CurrentDeploy = { readonly project: ProjectBriefView; readonly environment: string; readonly key: string; readonly now: DeployWithRelease };

/** What is in every environment of these projects now: by project, then in the order of the environments. */
async function findCurrentDeploys(db: Reader, organizationId: number, projects: readonly ProjectBriefView[]): Promise<CurrentDeploy[]> {
  if (projects.length === 0) return [];
  const ids = projects.map(({ id }) => Number(id));
  const { columns } = await findEnvironmentColumns(db, organizationId, { all: false, ids: new Set(ids) });
  if (columns.length === 0) return [];
  const { projectId, environmentId } = db.tables.environmentProjects;
  const places = await db
    .select({ projectId, environmentId })
    .from(db.tables.environmentProjects)
    .where(
      and(
        inArray(projectId, ids),
        inArray(
          environmentId,
          columns.map((column) => column.id),
        ),
      ),
    );
  const latest = await findLatestDeploys(db, places, 1);
  const facts = await findDeploysWithRelease(
    db,
    [...latest.values()].flatMap(([deploy]) => deploy?.deployId ?? []),
  );
  return projects.flatMap((project) =>
    columns.flatMap(({ id, name }) => {
      const key = placeKey({ projectId: Number(project.id), environmentId: id });
      const [deploy] = latest.get(key) ?? [];
      const now = deploy && facts.get(deploy.deployId);
      return now ? [{ project, environment: name, key, now }] : [];
    }),
  );
}

/** `deployed` tells when a release was last deployed to a place, by `<place>:<release id>`. */
function describePlace(
  { project, environment, key, now }: CurrentDeploy,
  holding: readonly ReleaseRow[],
  deployed: ReadonlyMap<string, Date>,
): ChangeLocationView {
  const [first] = holding.flatMap(({ id }) => deployed.get(`${key}:${id}`) ?? []).toSorted((a, b) => a.getTime() - b.getTime());
  const state = holding.some(({ id }) => id === now.release.id)
    ? "live"
    : holding.some((release) => isLater(now.release, release))
      ? "passed"
      : first
        ? "gone"
        : "missing";
  return { project, environment, state, version: now.release.version, date: instant(first ?? now.deploy.dateFinished) };
}
