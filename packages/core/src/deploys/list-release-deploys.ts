import { ListActivityInput } from "@landfall/schema/inputs/history";
import { REL_READ } from "@landfall/schema/scope";
import type { DeployBriefView } from "@landfall/schema/views/brief";
import type { Page } from "@landfall/schema/views/page";
import { and, eq } from "drizzle-orm";
import { atRelease } from "../access/at-release.ts";
import { reachableProjects } from "../access/project-reach.ts";
import { deployWithinReach } from "../access/within-reach.ts";
import { beyondKey } from "../audit/scanned-page.ts";
import { findDeploysWithRelease } from "../board/find-deploy-facts.ts";
import { query } from "../operation.ts";
import { keysetPage, keysetWindow } from "../pagination/keyset-page.ts";

/**
 * Every deploy of a release to environments of projects within reach, with who deployed, the last finished first. Two queries besides
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
    const facts = await findDeploysWithRelease(
      db,
      items.map(({ id }) => id),
    );
    return { items: items.flatMap(({ id }) => facts.get(id)?.view ?? []), ...links };
  },
});
