import { ListTeamsInput } from "@landfall/schema/inputs/team";
import type { TeamView } from "@landfall/schema/views/organization";
import type { Page } from "@landfall/schema/views/page";
import { and, asc, eq, or } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { containsText } from "../releases/list/contains-text.ts";
import { describeTeams } from "./describe-teams.ts";
import { TEAMS_READ } from "./team-scopes.ts";

/** The organization's teams, by slug (contract 11.4). */
export const listTeams = query({
  scope: TEAMS_READ,
  at: atOrganization,
  input: ListTeamsInput,
  run: async ({ db, at: { access } }, input): Promise<Page<TeamView>> => {
    const { teams } = db.tables;
    const window = offsetWindow(input);
    const { query: part = "" } = input;
    const rows = await db
      .select()
      .from(teams)
      .where(and(eq(teams.organizationId, access.organization.id), or(containsText(teams.slug, part), containsText(teams.name, part))))
      .orderBy(asc(teams.slug))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: await describeTeams(db, access, items), ...links };
  },
});
