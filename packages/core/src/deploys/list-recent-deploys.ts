import { ListRecentDeploysInput } from "@landfall/schema/inputs/board";
import { REL_READ } from "@landfall/schema/scope";
import type { EnvironmentDeployView } from "@landfall/schema/views/board";
import type { Page } from "@landfall/schema/views/page";
import { atOrganization } from "../access/at-organization.ts";
import { requestedProjects } from "../board/chosen-projects.ts";
import { findColumnsByName } from "../board/find-columns.ts";
import { readTimeline } from "../board/read-timeline.ts";
import { query } from "../operation.ts";
import { keysetWindow } from "../pagination/keyset-page.ts";

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
