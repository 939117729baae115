import type { Reader } from "@landfall/db/store";
import { UseInvitationInput } from "@landfall/schema/inputs/invitation";
import type { InvitedView } from "@landfall/schema/views/invitation";
import type * as z from "zod";
import { AppError } from "../app-error.ts";
import type { Context } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { hashPassword } from "../passwords/password-hash.ts";
import { describeUser } from "../people/describe-user.ts";
import { findPerson } from "../people/find-person.ts";
import { ensureUser } from "../provisioning/ensure-user.ts";
import { SYSTEM } from "../provisioning/system-actor.ts";
import { findAccount } from "./find-account.ts";
import { findUsableInvitation, type FoundInvitation } from "./find-invitation.ts";
import { joinOrganization } from "./join-organization.ts";

/**
 * Makes an account for whoever was invited, with a password of their choice, and a member of them. Not an operation: the link is the
 * permission. Throws `not_found` for an unknown secret, `conflict` for an invitation that is over, `invalid` per field, and `conflict`
 * with reason `has_account` when the address is somebody's already: they accept the invitation signed in.
 */
export async function useInvitation(context: Context, given: z.input<typeof UseInvitationInput>): Promise<InvitedView> {
  const { secret, password, name } = parseInput(UseInvitationInput, given);
  // Hashing a password is dear: nobody without an invitation gets that far.
  await openFor(context.store.read, secret, context.now());
  const passwordHash = await hashPassword(password);
  return context.store.transaction(async (tx) => {
    const on = { tx, actor: SYSTEM, now: context.now(), context };
    const found = await openFor(tx, secret, on.now);
    const { email } = found.invitation;
    const { user } = await ensureUser(on, { username: email, email, name: name || email, passwordHash });
    await joinOrganization(on, found, user);
    const person = await findPerson(tx, user.id);
    if (!person) throw new Error("a user that was made could not be read");
    const { slug, name: organizationName } = found.organization;
    return { organization: { slug, name: organizationName }, user: describeUser(person) };
  });
}

async function openFor(db: Reader, secret: string, now: Date): Promise<FoundInvitation> {
  const found = await findUsableInvitation(db, secret, now);
  const { email } = found.invitation;
  if (await findAccount(db, email)) {
    const message = `Somebody with the address ${email} has an account here. Sign in with it, and open the invitation again.`;
    throw new AppError("conflict", message, { reason: "has_account" });
  }
  return found;
}
