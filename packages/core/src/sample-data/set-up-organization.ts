import { DAY } from "@landfall/domain/durations";
import type { Tx } from "@landfall/db/store";
import type { OrganizationRow } from "@landfall/db/tables/schema";
import type { Role } from "@landfall/schema/scope";
import { SYSTEM_ACTOR } from "../kernel/actor.ts";
import { AppError } from "../kernel/app-error.ts";
import type { Context } from "../kernel/context.ts";
import { createTeamProject } from "../operations/projects/create.ts";
import { addTeamMember } from "../operations/teams/team-members.ts";
import { createTeam } from "../operations/teams/teams.ts";
import { createOrgToken } from "../operations/tokens/org-tokens.ts";
import { type MutationContext, recordAudit } from "../records/audit.ts";
import { claimOrganizationSlug } from "../records/former-slugs.ts";
import { ensureUser } from "../records/users.ts";
import type { History } from "./history.ts";
import { after } from "./plan-times.ts";

/** The organization's token for CI, with its text. */
export type SampleTokens = { readonly ci: { readonly id: number; readonly text: string } };

/** Creates teams, projects and tokens as the system actor, at the start of the history. One token expires a week after `now`. */
export async function setUpOrganization(
  context: Context,
  { start, teams, people, projects }: History,
  { organization: { slug: organization }, ownerId, userIds }: SampleOrganization,
): Promise<SampleTokens> {
  const atStart: Context = { ...context, actor: SYSTEM_ACTOR, now: () => start };
  for (const team of teams) {
    await createTeam(atStart, { organization, ...team });
    const members = people.filter((person) => person.team === team.slug).flatMap(({ email }) => userIds.get(email) ?? []);
    for (const userId of new Set([ownerId, ...members])) await addTeamMember(atStart, { organization, team: team.slug, userId });
  }
  for (const { slug, name, platform, team } of projects) {
    await createTeamProject(atStart, { organization, team, slug, name, platform });
  }
  const ci = await createOrgToken(atStart, { organization, name: "CI" });
  const dateExpires = after(context.now(), 7 * DAY);
  await createOrgToken({ ...atStart, now: () => after(dateExpires, -90 * DAY) }, { organization, name: "Nightly builds", dateExpires });
  return { ci: { id: Number(ci.id), text: ci.token } };
}

/** The owner of a sample organization: an existing user, or the user with an email address, who is created if needed. */
export type SampleOwner = { readonly userId: number } | { readonly email: string; readonly name: string };

export type SampleOrganization = {
  readonly organization: OrganizationRow;
  readonly ownerId: number;
  /** The user ids of its people, by email address. */
  readonly userIds: ReadonlyMap<string, number>;
};

/** Creates the organization with its members in one transaction, at the start of its history. Throws `conflict` if its slug is taken. */
export function createSampleOrganization(
  context: Context,
  history: History,
  name: string,
  owner: SampleOwner,
): Promise<SampleOrganization> {
  return context.store.transaction(async (tx) => {
    const on: MutationContext = { tx, actor: context.actor ?? SYSTEM_ACTOR, now: history.start, context };
    const organization = await insertOrganization(on, history.organization, name);
    const userIds = new Map<string, number>();
    for (const person of history.people) {
      const userId = await ensurePerson(on, person);
      userIds.set(person.email, userId);
      if (person.secondEmail !== null) await addEmail(tx, userId, person.secondEmail);
      await addMember(on, organization.id, { userId, email: person.email, role: person.role });
    }
    const ownerId = "userId" in owner ? owner.userId : await ensurePerson(on, owner);
    const email = "email" in owner ? owner.email : `user:${ownerId}`;
    await addMember(on, organization.id, { userId: ownerId, email, role: "owner" });
    return { organization, ownerId, userIds };
  });
}

async function insertOrganization(on: MutationContext, slug: string, name: string): Promise<OrganizationRow> {
  const { organizations } = on.tx.tables;
  const [organization] = await on.tx
    .insert(organizations)
    .values({ slug, name, isSample: true, dateCreated: on.now })
    .onConflictDoNothing()
    .returning();
  if (!organization)
    throw new AppError("conflict", `An organization with the slug ${slug} already exists. Delete it first, or use another slug.`);
  await claimOrganizationSlug(on, { slug, takeFormerSlug: false }, null);
  await recordAudit(on, { organizationId: organization.id, action: "organization.create", target: slug, details: { isSample: true } });
  return organization;
}

/** Returns the id of a person's user; creates the user unless an earlier sample left it behind. */
async function ensurePerson(on: MutationContext, { name, email }: { readonly name: string; readonly email: string }): Promise<number> {
  const { user } = await ensureUser(on, { username: email, email, name, passwordHash: null, isVerified: false });
  return user.id;
}

async function addEmail(tx: Tx, userId: number, email: string): Promise<void> {
  await tx.insert(tx.tables.userEmails).values({ userId, email, isVerified: false }).onConflictDoNothing();
}

async function addMember(
  on: MutationContext,
  organizationId: number,
  { userId, email, role }: { userId: number; email: string; role: Role },
): Promise<void> {
  const { members } = on.tx.tables;
  const target = [members.organizationId, members.userId];
  await on.tx.insert(members).values({ organizationId, userId, role, dateCreated: on.now }).onConflictDoUpdate({ target, set: { role } });
  await recordAudit(on, { organizationId, action: "member.update", target: email, details: { userId, from: null, to: role } });
}
