import type { UserRow } from "@landfall/db/rows";
import { UseSetupLinkInput } from "@landfall/schema/inputs/provisioning";
import { SCOPES } from "@landfall/schema/scope";
import type { SetUpView } from "@landfall/schema/views/provisioning";
import { and, eq, isNull } from "drizzle-orm";
import type * as z from "zod";
import type { Actor } from "../access/actor.ts";
import { invalidField } from "../app-error.ts";
import type { MutationContext } from "../audit/record-audit.ts";
import type { Context } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { assertStrongPassword } from "../passwords/assert-strong-password.ts";
import { hashPassword } from "../passwords/password-hash.ts";
import { describeUser } from "../people/describe-user.ts";
import { findUser } from "../people/find-person.ts";
import { ensureDefaultTeam } from "../teams/ensure-default-team.ts";
import { generateUserToken } from "../tokens/generate-token.ts";
import { storeToken } from "../tokens/store-token.ts";
import { ensureOwner } from "./ensure-owner.ts";
import { createUser, findByEmail } from "./ensure-user.ts";
import { nameOrganization } from "./name-organization.ts";
import { findUsableSetupLink, type FoundSetupLink, setupLinkUsed } from "./setup-links.ts";
import { SYSTEM_ACTOR } from "./system-actor.ts";

/**
 * Creates the account a setup link is for, an owner of the link's organization, and a token of theirs with every scope, which is
 * returned once. The link is the permission. It opens nothing but its organization: an account that exists is never changed. An
 * organization without releases can be named with it. Throws `not_found` for an unknown link, `conflict` for one that was used, replaced
 * or has expired, and `invalid` per field, at `email` if an account has that address.
 */
export async function redeemSetupLink(context: Context, given: z.input<typeof UseSetupLinkInput>): Promise<SetUpView> {
  const input = parseInput(UseSetupLinkInput, given);
  // Hashing a password is expensive: only a working link gets that far.
  await findUsableSetupLink(context.store.read, input.link, context.now());
  assertStrongPassword("password", input.password, input.email);
  const passwordHash = await hashPassword(input.password);
  return context.store.transaction((tx) => redeemIn({ tx, actor: SYSTEM_ACTOR, now: context.now(), context }, input, passwordHash));
}

async function redeemIn(on: MutationContext, input: UseSetupLinkInput, passwordHash: string): Promise<SetUpView> {
  const { tx, now } = on;
  const link = await findUsableSetupLink(tx, input.link, now);
  await markUsed(on, link);
  const user = await createOwner(on, input, passwordHash);
  const { organization } = link;
  await nameOrganization(on, organization, input);
  const { team } = await ensureDefaultTeam(on, organization);
  await ensureOwner(on, user, { organizationId: organization.id, teamId: team.id });
  const actor: Actor = { kind: "user", userId: user.id, tokenId: null, scopes: new Set(SCOPES) };
  const token = generateUserToken(on.context);
  await storeToken({ ...on, actor }, { owner: { userId: user.id }, name: "First token", scopes: SCOPES, dateExpires: null }, token);
  const person = await findUser(tx, user.id);
  if (!person) throw new Error("a user that was made could not be read");
  return { user: describeUser(person), token };
}

/** Marks the link as used. Of concurrent requests exactly one succeeds. */
async function markUsed({ tx, now }: MutationContext, { id }: FoundSetupLink): Promise<void> {
  const { setupLinks } = tx.tables;
  const used = await tx
    .update(setupLinks)
    .set({ dateUsed: now })
    .where(and(eq(setupLinks.id, id), isNull(setupLinks.dateUsed)))
    .returning({ id: setupLinks.id });
  if (used.length === 0) throw setupLinkUsed();
}

async function createOwner(on: MutationContext, { email, name }: UseSetupLinkInput, passwordHash: string): Promise<UserRow> {
  const address = email.toLowerCase();
  if (await findByEmail(on.tx, address))
    throw invalidField("email", "An account with this address exists already, and this link only creates a new one. Use another address.");
  return createUser(on, { username: address, email: address, name: name || address, passwordHash, isVerified: false });
}
