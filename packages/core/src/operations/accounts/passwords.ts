import type { Reader } from "@landfall/db/store";
import { type ChangedPasswordView, ChangePasswordInput, ResetPasswordInput } from "@landfall/schema/organizations/accounts";
import { SCOPES } from "@landfall/schema/scope";
import { and, eq, gt, isNull, or } from "drizzle-orm";
import type * as z from "zod";
import { atSignedIn, type SignedInUser } from "../../access/authenticate-session.ts";
import { hashPassword, verifyPassword } from "../../access/password-hash.ts";
import { assertStrongPassword } from "../../access/password-strength.ts";
import { SYSTEM_ACTOR } from "../../kernel/actor.ts";
import { AppError, invalidField } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { parseInput } from "../../kernel/input.ts";
import { mutationWithPreparation } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { endSessions } from "../../records/sessions.ts";
import { revokeTokensOfUser } from "../../records/tokens.ts";
import { failedAttemptsOf } from "./failed-attempts.ts";

type PasswordChange = {
  readonly caller: SignedInUser;
  readonly email: string;
  readonly before: string;
  readonly after: string;
  readonly revokesTokens: boolean;
};

/** Wrong current passwords that cost no wait. */
const FREE_ATTEMPTS = 5;

/**
 * Changes the caller's password and ends all their sessions, also the one they call from: whoever knows its cookie is out, and the caller
 * signs in anew. With `revokeTokens` it revokes their own tokens as well. Throws 403 unless they are signed in, `invalid` per field, at
 * `currentPassword` if that is wrong, `rate_limited` after several wrong ones, and `conflict` if they have no password or it was changed
 * meanwhile.
 */
export const changePassword = mutationWithPreparation({
  scope: SCOPES,
  at: atSignedIn,
  input: ChangePasswordInput,
  async prepare(
    { db, at: caller, now, context: { store } },
    { currentPassword, newPassword, revokeTokens = false },
  ): Promise<PasswordChange> {
    const { email, passwordHash } = await readPassword(db, caller.userId);
    const name = `person ${caller.userId}`;
    const attempt = failedAttemptsOf(store).begin([{ name, free: FREE_ATTEMPTS }], now);
    const isRight = await verifyPassword(currentPassword, passwordHash).catch((error: unknown) => {
      attempt.released();
      throw error;
    });
    if (!isRight) {
      attempt.failed();
      throw invalidField("currentPassword", "This is not your current password.");
    }
    attempt.succeeded([name]);
    assertStrongPassword("newPassword", newPassword, email);
    return { caller, email, before: passwordHash, after: await hashPassword(newPassword), revokesTokens: revokeTokens };
  },
  async run(on, { caller: { userId: id }, email, before, after, revokesTokens }): Promise<ChangedPasswordView> {
    const { users } = on.tx.tables;
    const changed = await on.tx
      .update(users)
      .set({ passwordHash: after })
      .where(and(eq(users.id, id), eq(users.passwordHash, before)))
      .returning({ id: users.id });
    if (changed.length === 0) throw new AppError("conflict", "Your password was changed in another place meanwhile.");
    const ended = await endSessions(on, id);
    const revokedTokens = revokesTokens ? await revokeTokensOfUser(on, id) : 0;
    const details = { id, ended, revokedTokens };
    await recordAudit(on, { organizationId: null, action: "user.change_password", target: email, details });
    return { ended, revokedTokens };
  },
});

async function readPassword(db: Reader, userId: number): Promise<{ email: string; passwordHash: string }> {
  const { users } = db.tables;
  const [user] = await db.select({ email: users.email, passwordHash: users.passwordHash }).from(users).where(eq(users.id, userId));
  if (!user?.passwordHash)
    throw new AppError("conflict", "You have no password to change. Whoever runs the server can give you one with `admin password`.");
  return { email: user.email, passwordHash: user.passwordHash };
}

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
