import type { UserRow } from "@landfall/db/rows";
import { and, eq } from "drizzle-orm";
import { type MutationContext, recordAudit } from "../audit/record-audit.ts";

/** Makes a person an owner of the organization and a member of the team; answers whether they were not an owner before. */
export async function ensureOwner(
  on: MutationContext,
  { id: userId, email }: UserRow,
  { organizationId, teamId }: { readonly organizationId: number; readonly teamId: number },
): Promise<boolean> {
  const { tx, now } = on;
  const { members, teamMembers } = tx.tables;
  const mine = and(eq(members.organizationId, organizationId), eq(members.userId, userId));
  const [member] = await tx.select({ role: members.role }).from(members).where(mine);
  if (member?.role === "owner") return false;
  if (member) await tx.update(members).set({ role: "owner" }).where(mine);
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
