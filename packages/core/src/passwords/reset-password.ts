import { ResetPasswordInput } from "@landfall/schema/inputs/session";
import { eq } from "drizzle-orm";
import type * as z from "zod";
import { invalidField } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Context } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { SYSTEM } from "../provisioning/system-actor.ts";
import { hashPassword } from "./password-hash.ts";

/**
 * Gives somebody another password, whatever theirs was, and ends all their sessions. Not an operation: whoever may start the server may
 * do this, and no request can. Throws `invalid` per field, at `email` when nobody has that address.
 */
export async function resetPassword(context: Context, given: z.input<typeof ResetPasswordInput>): Promise<{ readonly ended: number }> {
  const { email, password } = parseInput(ResetPasswordInput, given);
  const passwordHash = await hashPassword(password);
  return context.store.transaction(async (tx) => {
    const { users, userEmails, sessions } = tx.tables;
    const [owner] = await tx.select({ id: userEmails.userId }).from(userEmails).where(eq(userEmails.email, email.toLowerCase()));
    if (!owner) throw invalidField("email", `Nobody has the address ${email}.`);
    await tx.update(users).set({ passwordHash }).where(eq(users.id, owner.id));
    const ended = await tx.delete(sessions).where(eq(sessions.userId, owner.id)).returning({ id: sessions.id });
    const details = { id: owner.id, ended: ended.length };
    const on = { tx, actor: SYSTEM, now: context.now(), context };
    await recordAudit(on, { organizationId: null, action: "user.reset_password", target: email.toLowerCase(), details });
    return { ended: ended.length };
  });
}
