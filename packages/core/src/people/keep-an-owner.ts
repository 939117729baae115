import type { Tx } from "@landfall/db/store";
import { and, eq, ne } from "drizzle-orm";
import { AppError } from "../app-error.ts";

/**
 * Sees to it that an organization has an owner besides this person. Throws `conflict` when it has none, and when another request changes
 * its owners at this moment: two owners who step down at the same time must not both see the other one still there.
 */
export async function assertAnotherOwner(tx: Tx, organizationId: number, userId: number): Promise<void> {
  if (!(await tx.tryLock(`owners:${organizationId}`)))
    throw new AppError("conflict", "The organization's owners are being changed. Try again.");
  const { members, users } = tx.tables;
  const [other] = await tx
    .select({ userId: members.userId })
    .from(members)
    .innerJoin(users, and(eq(users.id, members.userId), eq(users.isActive, true)))
    .where(and(eq(members.organizationId, organizationId), eq(members.role, "owner"), ne(members.userId, userId)))
    .limit(1);
  if (!other) throw new AppError("conflict", "An organization needs an owner. Make somebody else an owner first.");
}
