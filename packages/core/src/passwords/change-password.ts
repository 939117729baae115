import type { Reader } from "@landfall/db/store";
import { ChangePasswordInput } from "@landfall/schema/inputs/session";
import { SCOPES } from "@landfall/schema/scope";
import type { ChangedPasswordView } from "@landfall/schema/views/session";
import { and, eq } from "drizzle-orm";
import { AppError, invalidField } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mutationWithPreparation } from "../operation.ts";
import { atSignedIn, type SignedInUser } from "../sessions/at-signed-in.ts";
import { endSessions } from "../sessions/end-sessions.ts";
import { revokeTokensOfUser } from "../tokens/revoke-tokens.ts";
import { assertStrongPassword } from "./assert-strong-password.ts";
import { failedAttemptsOf } from "./failed-attempts.ts";
import { hashPassword, verifyPassword } from "./password-hash.ts";

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
  async prepare({ db, at: caller, now, context: { store } }, { currentPassword, newPassword, revokeTokens = false }): Promise<PasswordChange> {
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
