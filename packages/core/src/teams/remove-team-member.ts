import { TeamMemberInput } from "@landfall/schema/inputs/team";
import type { TeamView } from "@landfall/schema/views/organization";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { atTeam } from "./at-team.ts";
import { describeTeam } from "./describe-teams.ts";
import { TEAMS_WRITE } from "./team-scopes.ts";

/** Takes somebody out of a team; nothing changes when they are not in it. */
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
