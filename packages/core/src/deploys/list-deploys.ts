import { ListDeploysInput } from "@landfall/schema/inputs/list-deploys";
import { REL_READ } from "@landfall/schema/scope";
import type { DeployView } from "@landfall/schema/views/deploy";
import type { Page } from "@landfall/schema/views/page";
import { and, desc, eq, inArray } from "drizzle-orm";
import { atRelease } from "../access/at-release.ts";
import { reachableProjects, reaches } from "../access/project-reach.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { selectedProjects } from "../releases/list/selected-projects.ts";
import { describeDeploy } from "./describe-deploys.ts";

/**
 * The deploys of a release, the last finished first: of each project and environment only the newest, or with `all` every one ever
 * recorded (contract 7.2). Only projects within reach count, or those named by `project`.
 */
export const listDeploys = query({
  scope: REL_READ,
  at: atRelease,
  input: ListDeploysInput,
  run: async ({ db, at: { access, release, links } }, input): Promise<Page<DeployView>> => {
    const window = offsetWindow(input);
    const named = input.project !== undefined || input.projectSlug !== undefined;
    const selected = named ? await selectedProjects(db, access, input) : await reachableProjects(db, access);
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
    const { items, ...neighbours } = offsetPage(window, rows);
    return { items: items.map(({ deploy, environment }) => describeDeploy(deploy, environment)), ...neighbours };
  },
});
