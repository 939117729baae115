import type { Page } from "@landfall/schema/page";
import { type EnvironmentDeployView, ListEnvironmentDeploysInput, ListRecentDeploysInput } from "@landfall/schema/releases/board";
import { REL_READ } from "@landfall/schema/scope";
import { atOrganization } from "../../access/organization-access.ts";
import { keysetWindow } from "../../kernel/keyset-page.ts";
import { query } from "../../kernel/operation.ts";
import { findColumnsByName } from "../../records/environments/environments.ts";
import { requestedProjects } from "../../records/projects.ts";
import { readTimeline } from "./timeline.ts";

/**
 * Lists the deploys for the projects within reach, or for the given ones, to all their environments, or to the given ones, last finished
 * first, each with the previous release in the environment. With a filter, a page scans at most 20,000 deploys, so that it may be short and
 * still have a next page.
 *
 * @throws 404 for an environment that none of the projects was deployed to, and 403 for a given project out of reach.
 */
export const listRecentDeploys = query({
  scope: REL_READ,
  at: atOrganization,
  input: ListRecentDeploysInput,
  run: async ({ db, at: { access } }, { project, environment = [], from, to, ...page }): Promise<Page<EnvironmentDeployView>> => {
    const window = keysetWindow(page, "descending");
    const organizationId = access.organization.id;
    const reach = await requestedProjects(db, access, project);
    const environments = await findColumnsByName(db, organizationId, reach, environment);
    return readTimeline(db, { organizationId, environmentIds: environments.map(({ id }) => id), reach, from, to }, window);
  },
});

/**
 * Lists the deploys to one environment for the projects within reach, or for the given ones, last finished first, each with the previous
 * release. A page scans at most 20,000 deploys, so that it may be short and still have a next page.
 *
 * @throws 404 for an environment that none of the projects was deployed to, and 403 for a given project out of reach.
 */
export const listEnvironmentDeploys = query({
  scope: REL_READ,
  at: atOrganization,
  input: ListEnvironmentDeploysInput,
  run: async ({ db, at: { access } }, input): Promise<Page<EnvironmentDeployView>> => {
    const window = keysetWindow(input, "descending");
    const organizationId = access.organization.id;
    const reach = await requestedProjects(db, access, input.project);
    const environments = await findColumnsByName(db, organizationId, reach, [input.environment]);
    return readTimeline(db, { organizationId, environmentIds: environments.map(({ id }) => id), reach }, window);
  },
});
