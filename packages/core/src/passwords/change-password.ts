import type { Reader } from "@landfall/db/store";
import { ChangePasswordInput } from "@landfall/schema/inputs/session";
import { SCOPES } from "@landfall/schema/scope";
import type { EndedSessionsView } from "@landfall/schema/views/session";
import { and, eq, ne } from "drizzle-orm";
import { AppError, invalidField } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mutationAfter } from "../operation.ts";
import { atSignedIn, type SignedIn } from "../sessions/at-signed-in.ts";
import { endSessions } from "../sessions/end-sessions.ts";
import { hashPassword, isPassword } from "./password-hash.ts";
import { triesOf } from "./tries-of.ts";

type Change = { readonly caller: SignedIn; readonly email: string; readonly before: string; readonly after: string };

/** Wrong current passwords allowed in 15 minutes. */
const MOST_TRIES = 10;

/**
 * Gives the caller another password, and ends their other sessions. Throws 403 unless they are signed in, `invalid` per field, at
 * `currentPassword` when that is not theirs, `rate_limited` after ten wrong ones, and `conflict` when they have none or it was changed
 * meanwhile.
 */
export const changePassword = mutationAfter({
  scope: SCOPES,
  at: atSignedIn,
  input: ChangePasswordInput,
  async prepare({ db, at: caller, now, context: { store } }, { currentPassword, newPassword }): Promise<Change> {
    const { email, passwordHash } = await readPassword(db, caller.userId);
    const keys = [{ name: `person ${caller.userId}`, most: MOST_TRIES }];
    triesOf(store).take(keys, now);
    if (!(await isPassword(currentPassword, passwordHash))) throw invalidField("currentPassword", "This is not your current password.");
    triesOf(store).giveBack(keys);
    return { caller, email, before: passwordHash, after: await hashPassword(newPassword) };
  },
  async run(on, { caller, email, before, after }): Promise<EndedSessionsView> {
    const { users, sessions } = on.tx.tables;
    const changed = await on.tx
      .update(users)
      .set({ passwordHash: after })
      .where(and(eq(users.id, caller.userId), eq(users.passwordHash, before)))
      .returning({ id: users.id });
    if (changed.length === 0) throw new AppError("conflict", "Your password was changed in another place meanwhile.");
    const ended = await endSessions(on, caller.userId, ne(sessions.id, caller.sessionId));
    await recordAudit(on, { organizationId: null, action: "user.change_password", target: email, details: { id: caller.userId, ended } });
    return { ended };
  },
});

async function readPassword(db: Reader, userId: number): Promise<{ email: string; passwordHash: string }> {
  const { users } = db.tables;
  const [user] = await db.select({ email: users.email, passwordHash: users.passwordHash }).from(users).where(eq(users.id, userId));
  if (!user?.passwordHash) throw new AppError("conflict", "You have no password to change: ask an administrator for a setup link.");
  return { email: user.email, passwordHash: user.passwordHash };
}
