import type { Tx } from "@landfall/db/store";
import { AcceptInvitationInput } from "@landfall/schema/inputs/invitation";
import { SCOPES } from "@landfall/schema/scope";
import type { JoinedView } from "@landfall/schema/views/invitation";
import { and, eq, or } from "drizzle-orm";
import { AppError } from "../app-error.ts";
import { mutation } from "../operation.ts";
import { atSignedIn } from "../sessions/at-signed-in.ts";
import { findUsableInvitation } from "./find-invitation.ts";
import { joinOrganization } from "./join-organization.ts";

/**
 * Makes the caller a member of the organization that invited them. Throws 403 unless they are signed in and the invitation is for an
 * address of theirs, `not_found` for an unknown secret, and `conflict` for an invitation that is over.
 */
export const acceptInvitation = mutation({
  scope: SCOPES,
  at: atSignedIn,
  input: AcceptInvitationInput,
  run: async (on, { secret }): Promise<JoinedView> => {
    const { tx, at, now } = on;
    const found = await findUsableInvitation(tx, secret, now);
    const { email } = found.invitation;
    if (!(await isAddressOf(tx, at.userId, email)))
      throw new AppError("forbidden", `This invitation is for ${email}, which is not your address. Sign in with that one.`);
    await joinOrganization(on, found, { id: at.userId, email });
    const { slug, name } = found.organization;
    return { organization: { slug, name } };
  },
});

/** Any address of a person will do that is known to be theirs. */
async function isAddressOf(tx: Tx, userId: number, email: string): Promise<boolean> {
  const { users, userEmails } = tx.tables;
  const [found] = await tx
    .select({ userId: users.id })
    .from(userEmails)
    .innerJoin(users, eq(users.id, userEmails.userId))
    .where(and(eq(users.id, userId), eq(userEmails.email, email), or(eq(userEmails.isVerified, true), eq(users.email, email))));
  return found !== undefined;
}
