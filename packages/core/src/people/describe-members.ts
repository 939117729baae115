import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { UserRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { MemberView } from "@landfall/schema/views/organization";
import { and, asc, eq, sql } from "drizzle-orm";

/** A person's membership in an organization. */
export type MemberRow = { readonly user: UserRow; readonly role: string; readonly dateCreated: Date };

/** Members as the pages show them, in the order given. One query whatever their number. */
export async function describeMembers(db: Reader, organizationId: number, rows: readonly MemberRow[]): Promise<MemberView[]> {
  const ids = JSON.stringify(rows.map(({ user }) => user.id));
  const teams = Map.groupBy(await selectTeams(db, { organizationId, ids }), (team) => team.userId);
  return rows.map(({ user, role, dateCreated }) => ({
    id: String(user.id),
    name: user.name,
    username: user.username,
    email: user.email,
    role,
    isActive: user.isActive,
    dateCreated: instant(dateCreated),
    lastLogin: instantOrNull(user.lastLogin),
    teams: (teams.get(user.id) ?? []).map(({ slug }) => slug),
  }));
}

const selectTeams = prepared((db: Reader) => {
  const { teams, teamMembers } = db.tables;
  return db
    .select({ userId: teamMembers.userId, slug: teams.slug })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(and(eq(teams.organizationId, sql.placeholder("organizationId")), anyOf(teamMembers.userId, "ids")))
    .orderBy(asc(teams.slug))
    .prepare();
});
