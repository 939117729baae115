import type { Reader } from "@landfall/db/store";
import type { TeamRow } from "@landfall/db/tables/schema";
import { and, eq } from "drizzle-orm";
import * as z from "zod";
import { notFound } from "../kernel/app-error.ts";
import { readId } from "../kernel/input.ts";
import type { Locator } from "../kernel/operation.ts";
import { quoted } from "./unknown-names.ts";
import { type Access, openOrganization, OrganizationParams } from "./organization-access.ts";

/** The path parameters that name a team: slugs, or ids in digits (contract 1.3). */
export const TeamParams = OrganizationParams.extend({ team: z.string().describe("The team's slug or id.") });

export type AtTeam = { readonly access: Access; readonly team: TeamRow };

/** For operations on one team. Throws 404 if it is unknown, or if membership is closed and the caller is not in it. */
export const atTeam: Locator<z.output<typeof TeamParams>, AtTeam> = {
  params: TeamParams,
  async locate({ db, actor, scope }, { organization, team: name }) {
    const access = await openOrganization(db, actor, organization, scope);
    const team = await findTeam(db, access.organization.id, name);
    const unknown = `No team ${quoted(name)} in ${access.organization.slug}, or you do not have access to it.`;
    if (!team) throw notFound(unknown);
    if (!access.reachesAllProjects && !(await isInTeam(db, team.id, access.userId))) throw notFound(unknown);
    return { access, team };
  },
};

/** Finds a team of an organization by slug or id. */
export async function findTeam(db: Reader, organizationId: number, name: string): Promise<TeamRow | undefined> {
  const { teams } = db.tables;
  const isNamed = /^\d+$/.test(name) ? eq(teams.id, readId(name)) : eq(teams.slug, name);
  const [team] = await db
    .select()
    .from(teams)
    .where(and(eq(teams.organizationId, organizationId), isNamed));
  return team;
}

/** Whether a user is a member of a team; false without a user. */
export async function isInTeam(db: Reader, teamId: number, userId: number | null): Promise<boolean> {
  if (userId === null) return false;
  const { teamMembers } = db.tables;
  const [row] = await db
    .select({ userId: teamMembers.userId })
    .from(teamMembers)
    .where(and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId)));
  return row !== undefined;
}
