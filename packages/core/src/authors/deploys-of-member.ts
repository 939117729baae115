import type { Reader } from "@landfall/db/store";
import type { ContributorDetailsView } from "@landfall/schema/views/people";
import { and, desc, eq } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { deployWithinReach } from "../access/within-reach.ts";
import { SCAN_LIMIT } from "../audit/scanned-page.ts";
import { findDeploysWithRelease } from "../board/find-deploy-facts.ts";

type DeployQuery = { readonly organizationId: number; readonly userId: number; readonly reach: ProjectReach; readonly limit: number };

/** The last deploys a member made to environments of projects within reach, among the last 20,000 of the organization. Two queries. */
export async function findMemberDeploys(db: Reader, { organizationId, userId, reach, limit }: DeployQuery): Promise<ContributorDetailsView["deploys"]> {
  const { deploys } = db.tables;
  const looked = db
    .select({ id: deploys.id, deployerId: deploys.deployerId })
    .from(deploys)
    .where(eq(deploys.organizationId, organizationId))
    .orderBy(desc(deploys.dateFinished), desc(deploys.id))
    .limit(SCAN_LIMIT)
    .as("looked");
  const rows = await db
    .select({ id: deploys.id })
    .from(looked)
    .innerJoin(deploys, eq(deploys.id, looked.id))
    .where(and(eq(looked.deployerId, userId), deployWithinReach(db, deploys, reach)))
    .orderBy(desc(deploys.dateFinished), desc(deploys.id))
    .limit(limit);
  const facts = await findDeploysWithRelease(
    db,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id }) => {
    const found = facts.get(id);
    return found ? [{ ...found.view, version: found.release.version }] : [];
  });
}
