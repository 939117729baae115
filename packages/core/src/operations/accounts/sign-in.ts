import type { Reader } from "@landfall/db/store";
import { SignInInput } from "@landfall/schema/organizations/accounts";
import { and, eq } from "drizzle-orm";
import { hashPassword, isOutdated, verifyPassword } from "../../access/password-hash.ts";
import { AppError, isAppError } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { parseInput } from "../../kernel/input.ts";
import { hasTrustedEmail } from "../../records/users.ts";
import { type AttemptKey, countAttempt, type FailedAttempts, failedAttemptsOf } from "./failed-attempts.ts";

/** A user whose credentials were verified. */
export type AuthenticatedUser = { readonly id: number; readonly name: string; readonly email: string; readonly dateJoined: Date };

/** The number of wrong passwords that cause no wait, for one email address from one network. */
const FREE_ATTEMPTS_PER_ADDRESS = 5;

/** The same for all email addresses from one network. */
const FREE_ATTEMPTS_PER_NETWORK = 50;

/** An email address with this many wrong passwords is under attack: each network then has one free attempt for it. */
const ATTACK_THRESHOLD = 100;

/**
 * Authenticates a user by email address and password. `client` is the network address of the caller. Wrong passwords delay further attempts for
 * the same email address from the same network, and for all addresses from a network that tries many; they never lock an account for other
 * networks. Not an operation, since it has no caller yet. Throws `invalid` per field, `rate_limited` during a wait, `unavailable` if too many
 * sign in at once, and otherwise the same `unauthenticated`, after the same time, for an unknown address, a wrong password, a user without a
 * password and a deactivated user.
 */
export async function checkSignIn(context: Context, input: unknown, client: string): Promise<AuthenticatedUser> {
  const { email, password } = parseInput(SignInInput, input);
  const address = email.toLowerCase();
  const attempts = failedAttemptsOf(context.store);
  const now = context.now();
  const attempt = { keys: attemptKeys(attempts, address, client, now), cleared: [clientAndAddress(address, client)], now };
  const found = await countAttempt(attempts, attempt, () => findByCredentials(context.store.read, address, password));
  if (!found) {
    attempts.note(`address ${address}`, now);
    throw new AppError("unauthenticated", "The email address or the password is wrong.");
  }
  const { passwordHash, ...user } = found;
  if (isOutdated(passwordHash)) await rehash(context, found, password);
  return user;
}

const clientAndAddress = (address: string, client: string): string => `${client} ${address}`;

/** A user who has signed in from a network before is not delayed by attempts of others there for other addresses. */
function attemptKeys(attempts: FailedAttempts, address: string, client: string, now: Date): readonly AttemptKey[] {
  const isAttacked = attempts.count(`address ${address}`, now) >= ATTACK_THRESHOLD;
  const name = clientAndAddress(address, client);
  const pair = { name, free: isAttacked && !attempts.isKnown(name) ? 1 : FREE_ATTEMPTS_PER_ADDRESS };
  return attempts.isKnown(name) ? [pair] : [pair, { name: `network ${client}`, free: FREE_ATTEMPTS_PER_NETWORK }];
}

type FoundUser = AuthenticatedUser & { readonly passwordHash: string };

/** Finds the user with this password by a trusted email address. Without such a user it hashes as well, so that it takes the same time. */
async function findByCredentials(db: Reader, email: string, password: string): Promise<FoundUser | null> {
  const { users, userEmails } = db.tables;
  const [found] = await db
    .select({ id: users.id, name: users.name, email: users.email, dateJoined: users.dateJoined, passwordHash: users.passwordHash })
    .from(userEmails)
    .innerJoin(users, and(eq(users.id, userEmails.userId), eq(users.isActive, true)))
    .where(hasTrustedEmail(db.tables, email));
  const { passwordHash = null } = found ?? {};
  const isRight = await verifyPassword(password, passwordHash);
  return found && passwordHash !== null && isRight ? { ...found, passwordHash } : null;
}

/** Replaces a hash of an earlier format. If too many hashes are being computed, it is left for the next sign-in. */
async function rehash(context: Context, { id, passwordHash: before }: FoundUser, password: string): Promise<void> {
  const passwordHash = await hashPassword(password).catch((error: unknown) => {
    if (isAppError(error) && error.code === "unavailable") return before;
    throw error;
  });
  const { users } = context.store.read.tables;
  await context.store.transaction(async (tx) => {
    await tx
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.id, id), eq(users.passwordHash, before)));
  });
}
