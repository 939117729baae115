import { ListRetentionRunsInput } from "@landfall/schema/inputs/retention";
import { REL_READ } from "@landfall/schema/scope";
import type { Page } from "@landfall/schema/views/page";
import type { RetentionRunView } from "@landfall/schema/views/retention";
import { and, asc, desc, eq, gt, lt } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { withinReach } from "../access/within-reach.ts";
import { requestedProjects } from "../board/chosen-projects.ts";
import { query } from "../operation.ts";
import { keysetPage, keysetWindow } from "../pagination/keyset-page.ts";
import { describeRuns } from "./describe-runs.ts";

/** What was removed by rules, the last run first, of the projects within reach or those named. Throws 403 for one out of reach. */
export const listRetentionRuns = query({
  scope: REL_READ,
  at: atOrganization,
  input: ListRetentionRunsInput,
  run: async ({ db, at: { access } }, { project, ...page }): Promise<Page<RetentionRunView>> => {
    const window = keysetWindow(page, "descending");
    const reach = await requestedProjects(db, access, project);
    const { retentionRuns } = db.tables;
    const { id, organizationId, projectId } = retentionRuns;
    const rows = await db
      .select()
      .from(retentionRuns)
      .where(
        and(
          eq(organizationId, access.organization.id),
          withinReach(projectId, reach),
          window.backwards ? gt(id, window.key.value) : lt(id, window.key.value),
        ),
      )
      .orderBy(window.backwards ? asc(id) : desc(id))
      .limit(window.limit);
    // A run's place in the list is its id.
    const { items, ...links } = keysetPage(window, rows, (row) => ({ value: row.id, id: row.id }));
    return { items: await describeRuns(db, access.organization.id, items), ...links };
  },
});
