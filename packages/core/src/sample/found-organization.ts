import type { OrganizationRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import type { Role } from "@landfall/schema/scope";
import { AppError } from "../app-error.ts";
import { type MutationContext, recordAudit } from "../audit/record-audit.ts";
import type { Context } from "../context.ts";
import { ensureUser } from "../provisioning/ensure-user.ts";
import { SYSTEM_ACTOR } from "../provisioning/system-actor.ts";
import type { History } from "./history.ts";

/** Who owns a sample organization: somebody there is, or somebody who is made when nobody has the address. */
export type SampleOwner = { readonly userId: number } | { readonly email: string; readonly name: string };

export type SampleOrganization = {
  readonly organization: OrganizationRow;
  readonly ownerId: number;
  /** The ids of its people, by address. */
  readonly userIds: ReadonlyMap<string, number>;
};

/** Makes the organization with its people, at the start of its history, in one transaction. Throws `conflict` when its slug is taken. */
export function createSampleOrganization(context: Context, history: History, name: string, owner: SampleOwner): Promise<SampleOrganization> {
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
  const [made] = await on.tx
    .insert(organizations)
    .values({ slug, name, isSample: true, dateCreated: on.now })
    .onConflictDoNothing()
    .returning();
  if (!made) throw new AppError("conflict", `There is an organization called ${slug} already. Delete it first, or choose another name.`);
  await recordAudit(on, { organizationId: made.id, action: "organization.create", target: slug, details: { isSample: true } });
  return made;
}

/** A sample that was deleted leaves its people behind; they are taken again. */
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
