import type { DeployBriefView } from "@landfall/schema/brief";
import { ListActivityInput } from "@landfall/schema/organizations/audit";
import type { Page } from "@landfall/schema/page";
import { type DeployView, ListDeploysInput } from "@landfall/schema/releases/deploys";
import { REL_READ } from "@landfall/schema/scope";
import { and, desc, eq, inArray } from "drizzle-orm";
import { atRelease } from "../../access/at-release.ts";
import { deployWithinReach, reachableProjects, reaches } from "../../access/project-reach.ts";
import { beyondKey, keysetPage, keysetWindow } from "../../kernel/keyset-page.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { describeDeploy, findDeploysWithRelease } from "../../records/deploys.ts";
import { selectedProjects } from "../../records/projects.ts";

/**
 * Lists the deploys of a release, last finished first: only the newest of each project and environment or, with `all`, every deploy
 * (contract 7.2). Only deploys for projects within reach, or for those in `project`, are included.
 */
export const listDeploys = query({
  scope: REL_READ,
  at: atRelease,
  input: ListDeploysInput,
  run: async ({ db, at: { access, release, links } }, input): Promise<Page<DeployView>> => {
    const window = offsetWindow(input);
    const isFiltered = input.project !== undefined || input.projectSlug !== undefined;
    const selected = isFiltered ? await selectedProjects(db, access, input) : await reachableProjects(db, access);
    const projectIds = links.map((link) => link.projectId).filter((id) => reaches(selected, id));
    const { deploys, environments, releaseEnvironments } = db.tables;
    const newest = db
      .select({ id: releaseEnvironments.lastDeployId })
      .from(releaseEnvironments)
      .where(and(eq(releaseEnvironments.releaseId, release.id), inArray(releaseEnvironments.projectId, projectIds)));
    const rows = await db
      .select({ deploy: deploys, environment: environments.name })
      .from(deploys)
      .innerJoin(environments, eq(environments.id, deploys.environmentId))
      .where(and(eq(deploys.releaseId, release.id), input.all ? undefined : inArray(deploys.id, newest)))
      .orderBy(desc(deploys.dateFinished), desc(deploys.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...neighbors } = offsetPage(window, rows);
    return { items: items.map(({ deploy, environment }) => describeDeploy(deploy, environment)), ...neighbors };
  },
});

/**
 * Lists all deploys of a release for projects within reach, last finished first, each with the member that deployed. Two queries besides
 * those of access.
 */
export const listReleaseDeploys = query({
  scope: REL_READ,
  at: atRelease,
  input: ListActivityInput,
  run: async ({ db, at: { access, release } }, input): Promise<Page<DeployBriefView>> => {
    const window = keysetWindow(input, "descending");
    const { deploys } = db.tables;
    const { where, orderBy } = beyondKey(window, deploys.dateFinished, deploys.id);
    const rows = await db
      .select({ id: deploys.id, dateFinished: deploys.dateFinished })
      .from(deploys)
      .where(and(eq(deploys.releaseId, release.id), deployWithinReach(db, deploys, await reachableProjects(db, access)), where))
      .orderBy(...orderBy)
      .limit(window.limit);
    const { items, ...links } = keysetPage(window, rows, ({ id, dateFinished }) => ({ value: dateFinished.getTime(), id }));
    const found = await findDeploysWithRelease(
      db,
      items.map(({ id }) => id),
    );
    return { items: items.flatMap(({ id }) => found.get(id)?.view ?? []), ...links };
  },
});
