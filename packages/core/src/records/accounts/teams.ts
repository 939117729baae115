import type { Reader } from "@landfall/db/store";
import type { OrganizationRow, TeamRow } from "@landfall/db/tables/schema";
import { and, asc, eq } from "drizzle-orm";
import { findTeam, isInTeam } from "../../access/at-team.ts";
import type { Access } from "../../access/organization-access.ts";
import { invalidField } from "../../kernel/app-error.ts";
import { type MutationContext, recordAudit } from "../audit.ts";

/** Returns the organization's default team, which has its slug, and creates it if it is missing. */
export async function ensureDefaultTeam(
  on: MutationContext,
  { id: organizationId, slug, name }: OrganizationRow,
): Promise<{ team: TeamRow; created: boolean }> {
  const { teams } = on.tx.tables;
  const [created] = await on.tx.insert(teams).values({ organizationId, slug, name, dateCreated: on.now }).onConflictDoNothing().returning();
  if (created) {
    await recordAudit(on, { organizationId, action: "team.create", target: slug, details: { id: created.id } });
    return { team: created, created: true };
  }
  const [team] = await on.tx
    .select()
    .from(teams)
    .where(and(eq(teams.organizationId, organizationId), eq(teams.slug, slug)));
  if (!team) throw new Error("an existing team was not found");
  return { team, created: false };
}

/** The organization's first team, which new members join by default. */
export async function firstTeam(db: Reader, organizationId: number): Promise<TeamRow | undefined> {
  const { teams } = db.tables;
  const [team] = await db.select().from(teams).where(eq(teams.organizationId, organizationId)).orderBy(asc(teams.id)).limit(1);
  return team;
}

/**
 * Returns the team that a new member joins: the one with this slug or id, or the first; null if there are no teams. Throws `invalid` at `team`
 * for an unknown team, and, if membership is closed, for one that the caller is not in.
 */
export async function teamToJoin(db: Reader, access: Access, name: string | null | undefined): Promise<TeamRow | null> {
  const organizationId = access.organization.id;
  const team = name ? await findTeam(db, organizationId, name) : await firstTeam(db, organizationId);
  if (!team && !name) return null;
  if (team && (access.reachesAllProjects || (await isInTeam(db, team.id, access.userId)))) return team;
  throw invalidField("team", name ? `The organization has no team "${name}".` : "Select a team that you are in.");
}
