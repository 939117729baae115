import type { OrganizationRow, TeamRow } from "@landfall/db/rows";
import { and, eq } from "drizzle-orm";
import { type MutationContext, recordAudit } from "../audit/record-audit.ts";

/** The organization's default team, which has the organization's slug; made when it is missing. */
export async function ensureDefaultTeam(
  on: MutationContext,
  { id: organizationId, slug, name }: OrganizationRow,
): Promise<{ team: TeamRow; created: boolean }> {
  const { teams } = on.tx.tables;
  const [made] = await on.tx.insert(teams).values({ organizationId, slug, name, dateCreated: on.now }).onConflictDoNothing().returning();
  if (made) {
    await recordAudit(on, { organizationId, action: "team.create", target: slug, details: { id: made.id } });
    return { team: made, created: true };
  }
  const [team] = await on.tx
    .select()
    .from(teams)
    .where(and(eq(teams.organizationId, organizationId), eq(teams.slug, slug)));
  if (!team) throw new Error("a team that exists could not be read");
  return { team, created: false };
}
