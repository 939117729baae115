import { CreateTeamInput } from "@landfall/schema/inputs/team";
import type { TeamView } from "@landfall/schema/views/organization";
import { atOrganization } from "../access/at-organization.ts";
import { AppError, invalidField } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { slugOfName } from "../organizations/slug-of-name.ts";
import { describeTeam } from "./describe-teams.ts";
import { TEAMS_WRITE } from "./team-scopes.ts";

/**
 * Makes a team; the person who makes it is in it (contract 11.5). Throws `conflict` with reason `team_exists` for a slug the
 * organization has already, `invalid` when neither slug nor name is given.
 */
export const createTeam = mutation({
  scope: TEAMS_WRITE,
  at: atOrganization,
  input: CreateTeamInput,
  run: async (on, input): Promise<TeamView> => {
    const { tx, at, now } = on;
    const { organization, userId } = at.access;
    const { teams, teamMembers } = tx.tables;
    const { slug, name } = slugAndName(input);
    const [team] = await tx
      .insert(teams)
      .values({ organizationId: organization.id, slug, name, dateCreated: now })
      .onConflictDoNothing()
      .returning();
    if (!team) throw new AppError("conflict", "A team with this slug already exists.", { reason: "team_exists" });
    if (userId !== null) await tx.insert(teamMembers).values({ teamId: team.id, userId });
    await recordAudit(on, { organizationId: organization.id, action: "team.create", target: slug, details: { id: team.id } });
    return describeTeam(tx, at.access, team);
  },
});

function slugAndName({ slug, name }: CreateTeamInput): { slug: string; name: string } {
  if (slug) return { slug, name: name || slug };
  if (name) return { slug: slugOfName(name), name };
  throw invalidField("non_field_errors", "Name or slug is required");
}
