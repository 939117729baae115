import type { Reader } from "@landfall/db/store";
import { UseInvitationInput } from "@landfall/schema/inputs/invitation";
import type { InvitedView } from "@landfall/schema/views/invitation";
import type * as z from "zod";
import { AppError } from "../app-error.ts";
import type { Context } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { assertStrongPassword } from "../passwords/assert-strong-password.ts";
import { hashPassword } from "../passwords/password-hash.ts";
import { describeUser } from "../people/describe-user.ts";
import { findUser } from "../people/find-person.ts";
import { createUser, findByEmail } from "../provisioning/ensure-user.ts";
import { SYSTEM_ACTOR } from "../provisioning/system-actor.ts";
import { findUsableInvitation, type FoundInvitation } from "./find-invitation.ts";
import { joinOrganization } from "./join-organization.ts";

/**
 * Creates an account for the invited address, with a password of their choice, and makes it a member. Not an operation: the link is the
 * permission. The address stays unverified: only the inviter named it. Throws `not_found` for an unknown secret, `conflict` for an
 * invitation that is over, `invalid` per field, and `conflict` with reason `has_account` if an account has the address: its owner
 * accepts the invitation signed in.
 */
export async function redeemInvitation(context: Context, given: z.input<typeof UseInvitationInput>): Promise<InvitedView> {
  const { secret, password, name } = parseInput(UseInvitationInput, given);
  // Hashing a password is expensive: only a working invitation gets that far.
  const { invitation } = await findInvitationForNewAccount(context.store.read, secret, context.now());
  assertStrongPassword("password", password, invitation.email);
  const passwordHash = await hashPassword(password);
  return context.store.transaction(async (tx) => {
    const on = { tx, actor: SYSTEM_ACTOR, now: context.now(), context };
    const found = await findInvitationForNewAccount(tx, secret, on.now);
    const { email } = found.invitation;
    const user = await createUser(on, { username: email, email, name: name || email, passwordHash, isVerified: false });
    await joinOrganization(on, found, user);
    const person = await findUser(tx, user.id);
    if (!person) throw new Error("a user that was made could not be read");
    const { slug, name: organizationName } = found.organization;
    return { organization: { slug, name: organizationName }, user: describeUser(person) };
  });
}

async function findInvitationForNewAccount(db: Reader, secret: string, now: Date): Promise<FoundInvitation> {
  const found = await findUsableInvitation(db, secret, now);
  const { email } = found.invitation;
  if (await findByEmail(db, email)) {
    const message = `Somebody with the address ${email} has an account here. Sign in with it, and open the invitation again.`;
    throw new AppError("conflict", message, { reason: "has_account" });
  }
  return found;
}
