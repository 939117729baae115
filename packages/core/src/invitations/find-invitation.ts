import type { InvitationRow, OrganizationRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { eq } from "drizzle-orm";
import { AppError } from "../app-error.ts";
import { hashToken } from "../tokens/hash-token.ts";

export type FoundInvitation = { readonly invitation: InvitationRow; readonly organization: OrganizationRow };

/** The invitation a link's secret belongs to, used or not. */
export async function findInvitation(db: Reader, secret: string): Promise<FoundInvitation | undefined> {
  const { invitations, organizations } = db.tables;
  const [found] = await db
    .select({ invitation: invitations, organization: organizations })
    .from(invitations)
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .where(eq(invitations.tokenHash, hashToken(secret)));
  return found;
}

/** What can be done with an invitation. `used` stands also for one that was taken back or replaced. */
export function invitationState({ dateUsed, dateExpires }: InvitationRow, now: Date): "unused" | "used" | "expired" {
  if (dateUsed !== null) return "used";
  return dateExpires <= now ? "expired" : "unused";
}

/** The same, when it can be used. Throws `not_found` for an unknown secret, and `conflict` for an invitation that is over. */
export async function findUsableInvitation(db: Reader, secret: string, now: Date): Promise<FoundInvitation> {
  const found = await findInvitation(db, secret);
  if (!found) throw new AppError("not_found", "This invitation is unknown. Check that its link was copied whole.");
  const state = invitationState(found.invitation, now);
  if (state === "unused") return found;
  throw state === "used" ? invitationUsed() : new AppError("conflict", "This invitation has expired. Ask for a new one.");
}

/** Somebody was faster, or it was taken back. */
export const invitationUsed = (): AppError =>
  new AppError("conflict", "This invitation was used before, taken back, or replaced by a newer one. Sign in, or ask for a new one.");
