import { containsText } from "@landfall/db/sql/conditions";
import { NoInput } from "@landfall/schema/fields/query";
import { CreateTeamInput, ListTeamsInput, type TeamView } from "@landfall/schema/organizations/teams";
import type { Page } from "@landfall/schema/page";
import { and, asc, eq, or } from "drizzle-orm";
import { atTeam } from "../../access/at-team.ts";
import { atOrganization } from "../../access/organization-access.ts";
import { TEAMS_READ, TEAMS_WRITE } from "../../access/scopes.ts";
import { AppError, invalidField } from "../../kernel/app-error.ts";
import { slugOfName } from "../../kernel/input.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { mutation, query } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { describeTeam, describeTeams } from "./describe.ts";

/**
 * Creates a team with the calling user as its first member (contract 11.5). Throws `conflict` with reason `team_exists` for a slug that is taken,
 * and `invalid` without slug and name.
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

/** Returns a team with its projects. Throws 404 if membership is closed and the caller is not in it. */
export const getTeam = query({
  scope: TEAMS_READ,
  at: atTeam,
  input: NoInput,
  run: ({ db, at: { access, team } }): Promise<TeamView> => describeTeam(db, access, team),
});

/** Lists the organization's teams by slug (contract 11.4). */
export const listTeams = query({
  scope: TEAMS_READ,
  at: atOrganization,
  input: ListTeamsInput,
  run: async ({ db, at: { access } }, input): Promise<Page<TeamView>> => {
    const { teams } = db.tables;
    const window = offsetWindow(input);
    const { query: text = "" } = input;
    const rows = await db
      .select()
      .from(teams)
      .where(and(eq(teams.organizationId, access.organization.id), or(containsText(teams.slug, text), containsText(teams.name, text))))
      .orderBy(asc(teams.slug))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: await describeTeams(db, access, items), ...links };
  },
});
