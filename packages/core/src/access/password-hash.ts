import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { verifyPassword as verifyOutdated } from "@better-auth/utils/password";
import pLimit from "p-limit";
import { AppError } from "../kernel/app-error.ts";

/** OWASP's minimum for scrypt with 32 MiB of memory: N = 2^15, r = 8, p = 3. */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 };

const PREFIX = "$scrypt$ln=15,r=8,p=3$";
const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** A hash takes a quarter of a second of CPU time on purpose, so few are computed at once and the queue is short. */
const limit = pLimit(2);

const MAX_WAITING = 20;

/** Hashes a password with a new salt. Throws `unavailable` if too many hashes are being computed. Not for use in a transaction. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return formatHash(salt, await limitHashing(() => derive(password, salt)));
}

/**
 * Whether a password matches a hash. Without a hash it takes as long and returns false, so that the time does not reveal whether a user has a
 * password. Throws `unavailable` if too many hashes are being computed. Not for use in a transaction.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const isRight = await limitHashing(() => compare(password, stored ?? DUMMY_HASH));
  return isRight && stored !== null;
}

/** Whether a hash has an earlier, cheaper format and should be replaced when the password is known. */
export const isOutdated = (stored: string): boolean => !stored.startsWith(PREFIX);

async function compare(password: string, stored: string): Promise<boolean> {
  if (isOutdated(stored)) return verifyOutdated(stored, password);
  const [salt = "", key = ""] = stored.slice(PREFIX.length).split("$");
  return timingSafeEqual(await derive(password, Buffer.from(salt, "base64")), Buffer.from(key, "base64"));
}

/** Runs work on a password: two at a time, with up to 20 waiting. Throws `unavailable` beyond that. */
export async function limitHashing<T>(work: () => Promise<T>): Promise<T> {
  if (limit.activeCount >= limit.concurrency && limit.pendingCount >= MAX_WAITING)
    throw new AppError("unavailable", "Too many sign-ins at the moment. Try again in a few seconds.");
  return limit(work);
}

const scryptAsync = promisify<string, Buffer, number, typeof COST, Buffer>(scrypt);

/** Normalized, so that the same characters from different keyboards are the same password. */
const derive = (password: string, salt: Buffer): Promise<Buffer> => scryptAsync(password.normalize("NFKC"), salt, KEY_BYTES, COST);

const formatHash = (salt: Buffer, key: Buffer): string => `${PREFIX}${salt.toString("base64")}$${key.toString("base64")}`;

/** A well-formed hash without a known password. */
const DUMMY_HASH = formatHash(Buffer.alloc(SALT_BYTES), Buffer.alloc(KEY_BYTES));
