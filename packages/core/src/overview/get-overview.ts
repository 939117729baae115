import { GetOverviewInput } from "@landfall/schema/inputs/overview";
import { REL_READ } from "@landfall/schema/scope";
import type { OverviewView } from "@landfall/schema/views/overview";
import { atOrganization } from "../access/at-organization.ts";
import { reachableProjects } from "../access/project-reach.ts";
import { query } from "../operation.ts";
import { countOverview } from "./count-overview.ts";
import { findExpiringTokens } from "./expiring-tokens.ts";
import { findLastDeploys } from "./last-deploys.ts";
import { findNeverDeployed, findReleases, findWithoutCommits } from "./newest-releases.ts";

const DAY = 24 * 60 * 60 * 1000;
const RELEASES_LISTED = 10;
const INCOMPLETE_LISTED = 5;

/**
 * The facts of the home page, as far as projects within reach go: the last ten deploys, the releases of the last 24 hours, what needs
 * attention, and counts. Each list of releases is told of the newest 1000 of its period. Nine queries, ten where not every project is
 * within reach.
 */
export const getOverview = query({
  scope: REL_READ,
  at: atOrganization,
  input: GetOverviewInput,
  run: async ({ db, at: { access }, now }): Promise<OverviewView> => {
    const organizationId = access.organization.id;
    const reach = await reachableProjects(db, access);
    const ago = (days: number) => new Date(now.getTime() - days * DAY);
    const lacking = { organizationId, reach, limit: INCOMPLETE_LISTED };
    return {
      deploys: await findLastDeploys(db, organizationId, reach),
      releases: await findReleases(db, { organizationId, reach, from: ago(1), to: now, limit: RELEASES_LISTED }),
      attention: {
        withoutCommits: await findWithoutCommits(db, { ...lacking, from: ago(30), to: now }),
        neverDeployed: await findNeverDeployed(db, { ...lacking, from: ago(90), to: ago(7) }),
        expiringTokens: await findExpiringTokens(db, access, { from: now, to: ago(-14) }),
      },
      counts: await countOverview(db, { organizationId, reach, since: ago(7) }),
    };
  },
});
