import { hashPassword } from "@better-auth/utils/password";
import type { UserRow } from "@landfall/db/rows";
import type { Reader, Tx } from "@landfall/db/store";
import { UseSetupLinkInput } from "@landfall/schema/inputs/provisioning";
import { SCOPES } from "@landfall/schema/scope";
import type { SetUpView } from "@landfall/schema/views/provisioning";
import { and, eq, isNull } from "drizzle-orm";
import type * as z from "zod";
import type { Actor } from "../access/actor.ts";
import { AppError, invalidField } from "../app-error.ts";
import type { recordAudit } from "../audit/record-audit.ts";
import type { Context } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { describeUser } from "../people/describe-user.ts";
import { findPerson } from "../people/find-person.ts";
import { ensureDefaultTeam } from "../teams/ensure-default-team.ts";
import { generateUserToken } from "../tokens/generate-token.ts";
import { hashToken } from "../tokens/hash-token.ts";
import { storeToken } from "../tokens/store-token.ts";
import { ensureOwner } from "./ensure-owner.ts";
import { ensureUser, findByEmail } from "./ensure-user.ts";
import { nameOrganization } from "./name-organization.ts";
import { SYSTEM } from "./system-actor.ts";

type On = Parameters<typeof recordAudit>[0];

/**
 * Makes the administrator a setup link is for, and a token of theirs with every scope, which is answered this once. Anybody may try:
 * the link is the permission. An organization that nothing was reported to yet can be named with it. Throws `not_found` for an unknown link, `conflict` for one that was used or replaced, `invalid` per
 * field, and at `email` when somebody with a password has that address.
 */
export async function useSetupLink(context: Context, given: z.input<typeof UseSetupLinkInput>): Promise<SetUpView> {
  const input = parseInput(UseSetupLinkInput, given);
  const linkHash = hashToken(input.link);
  // Hashing a password is dear: nobody without a link gets that far.
  await assertUsable(context.store.read, linkHash);
  const passwordHash = await hashPassword(input.password);
  return context.store.transaction((tx) => work({ tx, actor: SYSTEM, now: context.now(), context }, input, { linkHash, passwordHash }));
}

async function work(
  on: On,
  input: UseSetupLinkInput,
  { linkHash, passwordHash }: { linkHash: string; passwordHash: string },
): Promise<SetUpView> {
  const { tx } = on;
  const organizationId = await consume(tx, linkHash, on.now);
  const user = await makeUser(on, input, passwordHash);
  const { organizations } = tx.tables;
  const [organization] = await tx.select().from(organizations).where(eq(organizations.id, organizationId));
  if (!organization) throw new Error("a setup link leads to no organization");
  await nameOrganization(on, organization, input);
  const { team } = await ensureDefaultTeam(on, organization);
  await ensureOwner(on, user, { organizationId, teamId: team.id });
  const actor: Actor = { kind: "user", userId: user.id, tokenId: null, scopes: new Set(SCOPES) };
  const token = generateUserToken(on.context);
  await storeToken({ ...on, actor }, { owner: { userId: user.id }, name: "First token", scopes: SCOPES, dateExpires: null }, token);
  const person = await findPerson(tx, user.id);
  if (!person) throw new Error("a user that was made could not be read");
  return { user: describeUser(person), token };
}

/** Uses up the link; of many callers at once exactly one gets past this. */
async function consume(tx: Tx, tokenHash: string, now: Date): Promise<number> {
  const { setupLinks } = tx.tables;
  const [used] = await tx
    .update(setupLinks)
    .set({ dateUsed: now })
    .where(and(eq(setupLinks.tokenHash, tokenHash), isNull(setupLinks.dateUsed)))
    .returning({ organizationId: setupLinks.organizationId });
  if (used) return used.organizationId;
  await assertUsable(tx, tokenHash);
  throw usedUp();
}

async function assertUsable(db: Reader, tokenHash: string): Promise<void> {
  const { setupLinks } = db.tables;
  const [link] = await db.select({ dateUsed: setupLinks.dateUsed }).from(setupLinks).where(eq(setupLinks.tokenHash, tokenHash));
  if (!link) throw new AppError("not_found", "This setup link is unknown. Check that it was copied whole.");
  if (link.dateUsed !== null) throw usedUp();
}

const usedUp = (): AppError =>
  new AppError("conflict", "This setup link was used before, or replaced by a newer one. Ask for a new one, or sign in.");

async function makeUser(on: On, { email, name }: UseSetupLinkInput, passwordHash: string): Promise<UserRow> {
  const address = email.toLowerCase();
  const known = await findByEmail(on.tx, address);
  if (known && known.passwordHash !== null)
    throw invalidField("email", "Somebody with this address has an account. Sign in, or use another address.");
  const { user } = await ensureUser(on, { username: address, email: address, name: name || address, passwordHash });
  return user;
}
