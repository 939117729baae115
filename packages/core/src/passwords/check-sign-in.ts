import type { Reader } from "@landfall/db/store";
import { SignInInput } from "@landfall/schema/inputs/session";
import { and, eq, or } from "drizzle-orm";
import { AppError } from "../app-error.ts";
import type { Context } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { isPassword } from "./password-hash.ts";
import { triesOf } from "./tries-of.ts";
import type { TryKey } from "./try-limit.ts";

/** Somebody who has proved who they are. */
export type SignedUser = { readonly id: number; readonly name: string; readonly email: string; readonly dateJoined: Date };

/** Tries that are allowed in 15 minutes. Only those that fail count. */
const PER_ADDRESS_AND_CLIENT = 10;
const PER_CLIENT = 100;
const PER_ADDRESS = 100;

/**
 * The person an e-mail address and a password belong to. Not an operation: it answers who is asking. Throws `invalid` per field,
 * `rate_limited` for too many tries at an address or from a client, and one and the same `unauthenticated`, after the same time, for an
 * unknown address, a wrong password, a person without a password and one who was deactivated. `client` is the network address asked from.
 */
export async function checkSignIn(context: Context, given: unknown, client: string): Promise<SignedUser> {
  const { email, password } = parseInput(SignInInput, given);
  const address = email.toLowerCase();
  const keys: readonly TryKey[] = [
    { name: `${client} ${address}`, most: PER_ADDRESS_AND_CLIENT },
    { name: `client ${client}`, most: PER_CLIENT },
    { name: `address ${address}`, most: PER_ADDRESS },
  ];
  const tries = triesOf(context.store);
  tries.take(keys, context.now());
  const found = await findPassword(context.store.read, address);
  const isRight = await isPassword(password, found?.passwordHash ?? null);
  if (!found || !isRight) throw new AppError("unauthenticated", "The e-mail address or the password is wrong.");
  tries.giveBack(keys);
  const { id, name, dateJoined } = found;
  return { id, name, email: found.email, dateJoined };
}

type Found = SignedUser & { readonly passwordHash: string | null };

/** Any address of a person will do that is known to be theirs. */
async function findPassword(db: Reader, email: string): Promise<Found | undefined> {
  const { users, userEmails } = db.tables;
  const [found] = await db
    .select({ id: users.id, name: users.name, email: users.email, dateJoined: users.dateJoined, passwordHash: users.passwordHash })
    .from(userEmails)
    .innerJoin(users, and(eq(users.id, userEmails.userId), eq(users.isActive, true)))
    .where(and(eq(userEmails.email, email), or(eq(userEmails.isVerified, true), eq(users.email, email))));
  return found;
}
