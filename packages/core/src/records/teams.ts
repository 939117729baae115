import type { Reader } from "@landfall/db/store";
import type { OrganizationRow, TeamRow } from "@landfall/db/tables/schema";
import { and, asc, eq } from "drizzle-orm";
import type { Access } from "../access/organization-access.ts";
import { invalidField } from "../kernel/app-error.ts";
import { readId } from "../kernel/input.ts";
import { type MutationContext, recordAudit } from "./audit.ts";

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

/** The organization's first team, which newcomers join unless another is named. */
export async function firstTeam(db: Reader, organizationId: number): Promise<TeamRow | undefined> {
  const { teams } = db.tables;
  const [team] = await db.select().from(teams).where(eq(teams.organizationId, organizationId)).orderBy(asc(teams.id)).limit(1);
  return team;
}

/**
 * The team a newcomer is to join: the one of this slug or id, else the first; null when there is none yet. Throws `invalid` at `team` for
 * one that is unknown, or that the caller may not add people to: where membership is closed, one they are not in themselves.
 */
export async function teamToJoin(db: Reader, access: Access, name: string | null | undefined): Promise<TeamRow | null> {
  const organizationId = access.organization.id;
  const team = name ? await findTeam(db, organizationId, name) : await firstTeam(db, organizationId);
  if (!team && !name) return null;
  if (team && (access.reachesAllProjects || (await isInTeam(db, team.id, access.userId)))) return team;
  throw invalidField("team", name ? `The organization has no team "${name}".` : "Name a team that you are in.");
}

async function findTeam(db: Reader, organizationId: number, name: string): Promise<TeamRow | undefined> {
  const { teams } = db.tables;
  const named = /^\d+$/.test(name) ? eq(teams.id, readId(name)) : eq(teams.slug, name);
  const [team] = await db
    .select()
    .from(teams)
    .where(and(eq(teams.organizationId, organizationId), named));
  return team;
}

async function isInTeam(db: Reader, teamId: number, userId: number | null): Promise<boolean> {
  if (userId === null) return false;
  const { teamMembers } = db.tables;
  return (await db.$count(teamMembers, and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId)))) > 0;
}
