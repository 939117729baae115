import { ListEnvironmentDeploysInput } from "@landfall/schema/inputs/board";
import { REL_READ } from "@landfall/schema/scope";
import type { EnvironmentDeployView } from "@landfall/schema/views/board";
import type { Page } from "@landfall/schema/views/page";
import { atOrganization } from "../access/at-organization.ts";
import { query } from "../operation.ts";
import { keysetWindow } from "../pagination/keyset-page.ts";
import { requestedProjects } from "./chosen-projects.ts";
import { findColumnsByName } from "./find-columns.ts";
import { readTimeline } from "./read-timeline.ts";

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
