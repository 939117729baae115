import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { UserRow } from "@landfall/db/tables/schema";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { MemberView } from "@landfall/schema/organizations/teams";
import { ROLES } from "@landfall/schema/scope";
import { and, asc, count, eq } from "drizzle-orm";
import type { Access } from "../../access/organization-access.ts";
import { type MutationContext, recordAudit } from "../audit.ts";
import { isLiveToken } from "./tokens.ts";

/** A user's membership in an organization. */
export type MemberRow = { readonly user: UserRow; readonly role: string; readonly dateCreated: Date };

/** A member of an organization by user id; undefined if there is none. One query. */
export async function findMember(db: Reader, organizationId: number, userId: number): Promise<MemberRow | undefined> {
  const [row] = await selectMember(db, { organizationId, userId });
  return row;
}

const selectMember = prepared((db: Reader, param: { organizationId: number; userId: number }) => {
  const { members, users } = db.tables;
  return db
    .select({ user: users, role: members.role, dateCreated: members.dateCreated })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.organizationId, param.organizationId), eq(members.userId, param.userId)))
    .prepare();
});

/** Describes members at `now`, in the given order. Always two queries. */
export async function describeMembers(db: Reader, organizationId: number, rows: readonly MemberRow[], now: Date): Promise<MemberView[]> {
  const ids = rows.map(({ user }) => user.id);
  const tokenCounts = new Map((await countTokens(db, { organizationId, ids, now })).map(({ userId, number }) => [userId, number]));
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
    createdTokens: tokenCounts.get(user.id) ?? 0,
  }));
}

const countTokens = prepared((db: Reader, param: { ids: readonly number[]; now: Date; organizationId: number }) => {
  const { tokens } = db.tables;
  const isLive = isLiveToken(tokens, param.now);
  return db
    .select({ userId: tokens.createdBy, number: count() })
    .from(tokens)
    .where(and(eq(tokens.organizationId, param.organizationId), anyOf(tokens.createdBy, param.ids), isLive))
    .groupBy(tokens.createdBy)
    .prepare();
});

/** The id of the organization's member with this email address, primary or not, in lower case. */
export async function findMemberIdByEmail(db: Reader, organizationId: number, email: string): Promise<number | undefined> {
  const { members, userEmails } = db.tables;
  const [found] = await db
    .select({ userId: members.userId })
    .from(userEmails)
    .innerJoin(members, and(eq(members.userId, userEmails.userId), eq(members.organizationId, organizationId)))
    .where(eq(userEmails.email, email));
  return found?.userId;
}

const selectTeams = prepared((db: Reader, param: { ids: readonly number[]; organizationId: number }) => {
  const { teams, teamMembers } = db.tables;
  return db
    .select({ userId: teamMembers.userId, slug: teams.slug })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(and(eq(teams.organizationId, param.organizationId), anyOf(teamMembers.userId, param.ids)))
    .orderBy(asc(teams.slug))
    .prepare();
});

/** The rank of a role, from 0 for the lowest; -1 for an unknown role. */
export const roleRank = (role: string): number => ROLES.findIndex((one) => one === role);

/** The rank of the caller's role. The server itself ranks above every role, an organization token below all of them. */
export function callerRank({ role, scopes, userId }: Access): number {
  if (role !== null) return roleRank(role);
  return userId === null && scopes.has("org:admin") ? ROLES.length : -1;
}

/** Makes a user an owner of the organization and a member of the team. Returns false if they already were an owner. */
export async function ensureOwner(
  on: MutationContext,
  { id: userId, email }: UserRow,
  { organizationId, teamId }: { readonly organizationId: number; readonly teamId: number },
): Promise<boolean> {
  const { tx, now } = on;
  const { members, teamMembers } = tx.tables;
  const isMembership = and(eq(members.organizationId, organizationId), eq(members.userId, userId));
  const [member] = await tx.select({ role: members.role }).from(members).where(isMembership);
  if (member?.role === "owner") return false;
  if (member) await tx.update(members).set({ role: "owner" }).where(isMembership);
  else await tx.insert(members).values({ organizationId, userId, role: "owner", dateCreated: now });
  await tx.insert(teamMembers).values({ teamId, userId }).onConflictDoNothing();
  await recordAudit(on, {
    organizationId,
    action: "member.update",
    target: email,
    details: { userId, from: member?.role ?? null, to: "owner" },
  });
  return true;
}
