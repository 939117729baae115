import { ResetPasswordInput } from "@landfall/schema/inputs/session";
import { and, eq, gt, isNull, or } from "drizzle-orm";
import type * as z from "zod";
import { invalidField } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Context } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { SYSTEM_ACTOR } from "../provisioning/system-actor.ts";
import { revokeTokensOfUser } from "../tokens/revoke-tokens.ts";
import { assertStrongPassword } from "./assert-strong-password.ts";
import { hashPassword } from "./password-hash.ts";

/** What a reset of a password ended, and how many of the person's own tokens still work. */
export type PasswordReset = { readonly ended: number; readonly revokedTokens: number; readonly liveTokens: number };

/**
 * Gives somebody a new password, whatever theirs was, ends all their sessions and, with `revokeTokens`, revokes their own tokens. The
 * address counts as verified from then on: the operator hands the password to its owner. Not an operation: only the operator can do this,
 * no request can. Throws `invalid` per field, at `email` if no account has it as its main or a verified address.
 */
export async function resetPassword(context: Context, given: z.input<typeof ResetPasswordInput>): Promise<PasswordReset> {
  const { email: typed, password, revokeTokens = false } = parseInput(ResetPasswordInput, given);
  const email = typed.toLowerCase();
  assertStrongPassword("password", password, email);
  const passwordHash = await hashPassword(password);
  return context.store.transaction(async (tx) => {
    const on = { tx, actor: SYSTEM_ACTOR, now: context.now(), context };
    const { users, userEmails, sessions, tokens } = tx.tables;
    const [owner] = await tx
      .select({ id: users.id })
      .from(userEmails)
      .innerJoin(users, eq(users.id, userEmails.userId))
      .where(and(eq(userEmails.email, email), or(eq(userEmails.isVerified, true), eq(users.email, email))));
    if (!owner) throw invalidField("email", `Nobody has the address ${typed}.`);
    const { id } = owner;
    await tx.update(users).set({ passwordHash }).where(eq(users.id, id));
    await tx.update(userEmails).set({ isVerified: true }).where(eq(userEmails.email, email));
    const ended = (await tx.delete(sessions).where(eq(sessions.userId, id)).returning({ id: sessions.id })).length;
    const revokedTokens = revokeTokens ? await revokeTokensOfUser(on, id) : 0;
    const isLive = and(isNull(tokens.dateRevoked), or(isNull(tokens.dateExpires), gt(tokens.dateExpires, on.now)));
    const liveTokens = await tx.$count(tokens, and(eq(tokens.userId, id), isLive));
    const details = { id, ended, revokedTokens };
    await recordAudit(on, { organizationId: null, action: "user.reset_password", target: email, details });
    return { ended, revokedTokens, liveTokens };
  });
}
