import type { UserRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { and, eq } from "drizzle-orm";
import type { recordAudit } from "../audit/record-audit.ts";
import { ensureUser } from "./ensure-user.ts";

/** Who owns an organization when nobody was named. */
const DEFAULT_OWNER = { username: "admin", email: "admin@localhost", name: "Admin" };

export type WantedOwner = { readonly email: string | undefined; readonly passwordHash: string | null };

/**
 * The person who is to own the organization: the one named by an address, else `admin@localhost`. Nobody when nobody was named and the
 * organization has an owner. `changed` says in words what was made.
 */
export async function chooseOwner(
  on: Parameters<typeof recordAudit>[0],
  organizationId: number,
  { email, passwordHash }: WantedOwner,
): Promise<{ user: UserRow; changed: readonly string[] } | null> {
  if (email !== undefined) {
    const address = email.toLowerCase();
    return ensureUser(on, { username: address, email: address, name: address, passwordHash });
  }
  if (passwordHash === null && (await hasOwner(on.tx, organizationId))) return null;
  return ensureUser(on, { ...DEFAULT_OWNER, passwordHash });
}

async function hasOwner(tx: Tx, organizationId: number): Promise<boolean> {
  const { members } = tx.tables;
  const found = await tx
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.role, "owner")))
    .limit(1);
  return found.length > 0;
}
