import { TeamMemberInput } from "@landfall/schema/inputs/team";
import type { TeamView } from "@landfall/schema/views/organization";
import { and, eq } from "drizzle-orm";
import { invalidField } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { atTeam } from "./at-team.ts";
import { describeTeam } from "./describe-teams.ts";
import { TEAMS_WRITE } from "./team-scopes.ts";

/** Takes a member of the organization into a team; again, nothing changes. Throws `invalid` at `userId` for somebody else. */
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
