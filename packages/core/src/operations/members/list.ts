import { containsText } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import { ListMembersInput, type MemberView } from "@landfall/schema/organizations/teams";
import type { Page } from "@landfall/schema/page";
import { and, asc, eq, inArray, or } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { describeMembers } from "../../records/accounts/members.ts";

/** Lists the organization's members, or those of one team, in the order of their email addresses, with their roles and teams. */
export const listMembers = query({
  scope: ["member:read", "member:write", "member:admin"],
  at: atOrganization,
  input: ListMembersInput,
  run: async ({ db, at, now }, input): Promise<Page<MemberView>> => {
    const { members, users } = db.tables;
    const organizationId = at.access.organization.id;
    const window = offsetWindow(input);
    const { query: text = "", email, team } = input;
    const rows = await db
      .select({ user: users, role: members.role, dateCreated: members.dateCreated })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(
        and(
          eq(members.organizationId, organizationId),
          or(containsText(users.name, text), containsText(users.email, text)),
          email === undefined ? undefined : eq(users.email, email.toLowerCase()),
          team === undefined ? undefined : inArray(members.userId, inTeam(db, organizationId, team)),
        ),
      )
      .orderBy(asc(users.email))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: await describeMembers(db, organizationId, items, now), ...links };
  },
});

function inTeam(db: Reader, organizationId: number, slug: string) {
  const { teams, teamMembers } = db.tables;
  return db
    .select({ userId: teamMembers.userId })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(and(eq(teams.organizationId, organizationId), eq(teams.slug, slug)));
}
