import type { Reader } from "@landfall/db/store";
import type { PersonDetailsView } from "@landfall/schema/views/people";
import { and, desc, eq } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { deployWithinReach } from "../access/within-reach.ts";
import { SCANNED } from "../audit/scanned-page.ts";
import { findDeployFacts } from "../board/find-deploy-facts.ts";

type Asked = { readonly organizationId: number; readonly userId: number; readonly reach: ProjectReach; readonly limit: number };

/** The last deploys a member made to environments of projects within reach, among the last 20,000 of the organization. Two queries. */
export async function deploysOfMember(db: Reader, { organizationId, userId, reach, limit }: Asked): Promise<PersonDetailsView["deploys"]> {
  const { deploys } = db.tables;
  const looked = db
    .select({ id: deploys.id, deployerId: deploys.deployerId })
    .from(deploys)
    .where(eq(deploys.organizationId, organizationId))
    .orderBy(desc(deploys.dateFinished), desc(deploys.id))
    .limit(SCANNED)
    .as("looked");
  const rows = await db
    .select({ id: deploys.id })
    .from(looked)
    .innerJoin(deploys, eq(deploys.id, looked.id))
    .where(and(eq(looked.deployerId, userId), deployWithinReach(db, deploys, reach)))
    .orderBy(desc(deploys.dateFinished), desc(deploys.id))
    .limit(limit);
  const facts = await findDeployFacts(
    db,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id }) => {
    const found = facts.get(id);
    return found ? [{ ...found.view, version: found.release.version }] : [];
  });
}
