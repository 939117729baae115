import { TeamMemberInput, type TeamView } from "@landfall/schema/organizations/teams";
import { and, eq } from "drizzle-orm";
import { atTeam } from "../../access/at-team.ts";
import { TEAMS_WRITE } from "../../access/scopes.ts";
import { invalidField } from "../../kernel/app-error.ts";
import { mutation } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { describeTeam } from "./describe.ts";

/** Adds a member of the organization to a team. Throws `invalid` at `userId` for a user who is not a member of the organization. */
export const addTeamMember = mutation({
  scope: TEAMS_WRITE,
  at: atTeam,
  input: TeamMemberInput,
  run: async (on, { userId }): Promise<TeamView> => {
    const { tx, at } = on;
    const { organizationId, slug, id: teamId } = at.team;
    const { members, teamMembers, users } = tx.tables;
    const [member] = await tx
      .select({ email: users.email })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)));
    if (!member) throw invalidField("userId", `User ${userId} is not a member of the organization.`);
    const added = await tx.insert(teamMembers).values({ teamId, userId }).onConflictDoNothing().returning({ userId: teamMembers.userId });
    const details = { userId, email: member.email };
    if (added.length > 0) await recordAudit(on, { organizationId, action: "team.add_member", target: slug, details });
    return describeTeam(tx, at.access, at.team);
  },
});

/** Removes a user from a team. Does nothing if they are not in it. */
export const removeTeamMember = mutation({
  scope: TEAMS_WRITE,
  at: atTeam,
  input: TeamMemberInput,
  run: async (on, { userId }): Promise<TeamView> => {
    const { tx, at } = on;
    const { organizationId, slug, id: teamId } = at.team;
    const { teamMembers, users } = tx.tables;
    const removed = await tx
      .delete(teamMembers)
      .where(and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId)))
      .returning({ userId: teamMembers.userId });
    if (removed.length === 0) return describeTeam(tx, at.access, at.team);
    const [user] = await tx.select({ email: users.email }).from(users).where(eq(users.id, userId));
    const details = { userId, email: user?.email ?? null };
    await recordAudit(on, { organizationId, action: "team.remove_member", target: slug, details });
    return describeTeam(tx, at.access, at.team);
  },
});
