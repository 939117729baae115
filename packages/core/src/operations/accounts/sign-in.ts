import type { Reader } from "@landfall/db/store";
import { SignInInput } from "@landfall/schema/organizations/accounts";
import { and, eq, or } from "drizzle-orm";
import { hashPassword, isOutdated, verifyPassword } from "../../access/password-hash.ts";
import { AppError, isAppError } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { parseInput } from "../../kernel/input.ts";
import { type AttemptKey, type FailedAttempts, failedAttemptsOf } from "./failed-attempts.ts";

/** Somebody who has proved who they are. */
export type AuthenticatedUser = { readonly id: number; readonly name: string; readonly email: string; readonly dateJoined: Date };

/** Wrong passwords that cost no wait: for an address from one network, and from a network for whatever addresses. */
const FREE_ATTEMPTS_PER_ADDRESS = 5;

const FREE_ATTEMPTS_PER_NETWORK = 50;

/** An address with so many wrong passwords from everywhere is being attacked; each network then has one free for it. */
const ATTACK_THRESHOLD = 100;

/**
 * The person an e-mail address and a password belong to. Not an operation: it finds out who calls. Wrong passwords slow down further ones
 * for the same address from the same network, and from a network that tries many addresses; they never lock an account for other
 * networks. Throws `invalid` per field, `rate_limited` during a wait, `unavailable` if too many sign in at once, and one and the same
 * `unauthenticated`, after the same time, for an unknown address, a wrong password, a person without a password and a deactivated one.
 * `client` is the network address of the caller.
 */
export async function checkSignIn(context: Context, given: unknown, client: string): Promise<AuthenticatedUser> {
  const { email, password } = parseInput(SignInInput, given);
  const address = email.toLowerCase();
  const attempts = failedAttemptsOf(context.store);
  const now = context.now();
  const attempt = attempts.begin(attemptKeys(attempts, address, client, now), now);
  const found = await findByCredentials(context.store.read, address, password).catch((error: unknown) => {
    attempt.released();
    throw error;
  });
  if (!found) {
    attempt.failed();
    attempts.note(`address ${address}`, now);
    throw new AppError("unauthenticated", "The e-mail address or the password is wrong.");
  }
  attempt.succeeded([clientAndAddress(address, client)]);
  const { passwordHash, ...user } = found;
  if (isOutdated(passwordHash)) await rehash(context, found, password);
  return user;
}

const clientAndAddress = (address: string, client: string): string => `${client} ${address}`;

/** Whoever signed in from a network before is not slowed down by what others there type for other addresses. */
function attemptKeys(attempts: FailedAttempts, address: string, client: string, now: Date): readonly AttemptKey[] {
  const isAttacked = attempts.count(`address ${address}`, now) >= ATTACK_THRESHOLD;
  const name = clientAndAddress(address, client);
  const pair = { name, free: isAttacked && !attempts.isKnown(name) ? 1 : FREE_ATTEMPTS_PER_ADDRESS };
  return attempts.isKnown(name) ? [pair] : [pair, { name: `network ${client}`, free: FREE_ATTEMPTS_PER_NETWORK }];
}

type FoundUser = AuthenticatedUser & { readonly passwordHash: string };

/** Any address of a person will do that is known to be theirs. Compares also where there is nobody, for the same time. */
async function findByCredentials(db: Reader, email: string, password: string): Promise<FoundUser | null> {
  const { users, userEmails } = db.tables;
  const [found] = await db
    .select({ id: users.id, name: users.name, email: users.email, dateJoined: users.dateJoined, passwordHash: users.passwordHash })
    .from(userEmails)
    .innerJoin(users, and(eq(users.id, userEmails.userId), eq(users.isActive, true)))
    .where(and(eq(userEmails.email, email), or(eq(userEmails.isVerified, true), eq(users.email, email))));
  const { passwordHash = null } = found ?? {};
  const isRight = await verifyPassword(password, passwordHash);
  return found && passwordHash !== null && isRight ? { ...found, passwordHash } : null;
}

/** Replaces a hash of an earlier kind. Signing in does not depend on it: when too many hashes are computed, it is left to the next time. */
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
