import { hashPassword as hash, verifyPassword as verify } from "@better-auth/utils/password";
import { createTurns } from "./turns.ts";

/** A hash costs about 32 MiB and a tenth of a second of a core on purpose, so few are made at once, and nobody waits long. */
const inTurn = createTurns(2, 20);

/** A new hash of a password, with its salt. Throws `unavailable` when too many are being made. Never inside a transaction. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password));

/**
 * Whether a password is the one hashed. Without a hash to compare with it takes as long and answers no, so that the time does not tell
 * who has a password. Throws `unavailable` when too many are being compared. Never inside a transaction.
 */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const isRight = await inTurn(() => verify(stored ?? NOBODYS, password));
  return isRight && stored !== null;
}

/** In the form of a hash; no password is known to make it. */
const NOBODYS = `${"0".repeat(32)}:${"0".repeat(128)}`;
