import type { Reader } from "@landfall/db/store";
import { type ChangedPasswordView, ChangePasswordInput, ResetPasswordInput } from "@landfall/schema/organizations/accounts";
import { SCOPES } from "@landfall/schema/scope";
import { and, eq } from "drizzle-orm";
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
import { endSessions } from "../../records/accounts/sessions.ts";
import { isLiveToken, revokeTokensOfUser } from "../../records/accounts/tokens.ts";
import { hasTrustedEmail } from "../../records/users.ts";
import { countAttempt, failedAttemptsOf } from "./failed-attempts.ts";

type PasswordChange = {
  readonly caller: SignedInUser;
  readonly email: string;
  readonly before: string;
  readonly after: string;
  readonly revokesTokens: boolean;
};

/** The number of wrong current passwords that cause no wait. */
const FREE_ATTEMPTS = 5;

/**
 * Changes the caller's password and ends all their sessions, including the current one, so that a stolen cookie stops working. With
 * `revokeTokens` it also revokes their personal tokens. Throws 403 unless they are signed in, `invalid` per field, at `currentPassword` if it
 * is wrong, `rate_limited` after several wrong ones, and `conflict` if they have no password or another request has changed it.
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
    const name = `user ${caller.userId}`;
    const attempt = { keys: [{ name, free: FREE_ATTEMPTS }], cleared: [name], now };
    const isRight = await countAttempt(failedAttemptsOf(store), attempt, async () =>
      (await verifyPassword(currentPassword, passwordHash)) ? true : null,
    );
    if (isRight === null) throw invalidField("currentPassword", "This is not your current password.");
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
    if (changed.length === 0) throw new AppError("conflict", "Your password was changed by another request. Sign in with the new one.");
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
    throw new AppError("conflict", "You have no password to change. The operator of the server can set one with `admin password`.");
  return { email: user.email, passwordHash: user.passwordHash };
}

/** How many sessions and tokens a password reset ended, and how many personal tokens are still live. */
export type PasswordReset = { readonly ended: number; readonly revokedTokens: number; readonly liveTokens: number };

/**
 * Sets a user's password, ends all their sessions and, with `revokeTokens`, revokes their personal tokens. The email address becomes verified,
 * since the operator gives the password to its owner. Not an operation: only the operator can do this. Throws `invalid` per field, at `email`
 * if it is no account's primary or verified address.
 */
export async function resetPassword(context: Context, input: z.input<typeof ResetPasswordInput>): Promise<PasswordReset> {
  const { email: enteredEmail, password, revokeTokens = false } = parseInput(ResetPasswordInput, input);
  const email = enteredEmail.toLowerCase();
  assertStrongPassword("password", password, email);
  const passwordHash = await hashPassword(password);
  return context.store.transaction(async (tx) => {
    const on = { tx, actor: SYSTEM_ACTOR, now: context.now(), context };
    const { users, userEmails, tokens } = tx.tables;
    const [owner] = await tx
      .select({ id: users.id })
      .from(userEmails)
      .innerJoin(users, eq(users.id, userEmails.userId))
      .where(hasTrustedEmail(tx.tables, email));
    if (!owner) throw invalidField("email", `No account has the email address ${enteredEmail}.`);
    const { id } = owner;
    await tx.update(users).set({ passwordHash }).where(eq(users.id, id));
    await tx.update(userEmails).set({ isVerified: true }).where(eq(userEmails.email, email));
    const ended = await endSessions(on, id);
    const revokedTokens = revokeTokens ? await revokeTokensOfUser(on, id) : 0;
    const liveTokens = await tx.$count(tokens, and(eq(tokens.userId, id), isLiveToken(tokens, on.now)));
    const details = { id, ended, revokedTokens };
    await recordAudit(on, { organizationId: null, action: "user.reset_password", target: email, details });
    return { ended, revokedTokens, liveTokens };
  });
}
