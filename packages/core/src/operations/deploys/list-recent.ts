import type { Page } from "@landfall/schema/page";
import { type EnvironmentDeployView, ListEnvironmentDeploysInput, ListRecentDeploysInput } from "@landfall/schema/releases/board";
import { REL_READ } from "@landfall/schema/scope";
import { atOrganization } from "../../access/organization-access.ts";
import { keysetWindow } from "../../kernel/keyset-page.ts";
import { query } from "../../kernel/operation.ts";
import { findColumnsByName } from "../../records/environments/columns.ts";
import { requestedProjects } from "../../records/selected-projects.ts";
import { readTimeline } from "./timeline.ts";

/**
 * The deploys of the projects within reach or those named to all their environments or those named, the last finished first, with what
 * was there before in the same environment. Throws 404 for an environment that none of them was deployed to, 403 for a named project
 * out of reach. Where not all deploys are wanted, a page looks at no more than 20,000: it may be short and still have a next one.
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
 * The deploys to one environment, the last finished first, of the projects within reach or those named, with what was there before.
 * Throws 404 for an environment that none of them was deployed to, 403 for a named project out of reach. A page looks at no more than
 * 20,000 deploys for those of the projects: it may be short and still have a next one.
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
