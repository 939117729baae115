import type { Store } from "@landfall/db/store";
import { AppError } from "../../kernel/app-error.ts";

/** A key that wrong passwords are counted by: an email address from one network, a network, or a user. The first `free` ones cause no wait. */
export type AttemptKey = { readonly name: string; readonly free: number };

/** A pending attempt. Exactly one of the methods is called. */
interface Attempt {
  /** The password was wrong. */
  failed(): void;
  /** The password was right: resets the counts of the names in `cleared`. */
  succeeded(cleared: readonly string[]): void;
  /** The password was not verified because of another error. */
  canceled(): void;
}

/** An attempt to be made: what it counts for, and which counts a right password resets. */
type PasswordAttempt = { readonly keys: readonly AttemptKey[]; readonly cleared: readonly string[]; readonly now: Date };

/** Counts wrong passwords, and delays further attempts after too many of them. */
export interface FailedAttempts {
  /**
   * Begins an attempt. After the free ones, each wrong password doubles the wait, up to a minute. Throws `rate_limited`, without counting
   * anything, during the wait and while another attempt is pending.
   */
  begin(keys: readonly AttemptKey[], now: Date): Attempt;
  /** Counts a wrong password for a name that is only used with `count`. */
  note(name: string, now: Date): void;
  /** The number of wrong passwords for a name in its current count. */
  count(name: string, now: Date): number;
  /** Whether an attempt for this name has succeeded recently. */
  isKnown(name: string): boolean;
}

/**
 * Verifies a password as one attempt, and returns what `verify` does, which is null for a wrong password. Throws `rate_limited` as `begin` does.
 */
export async function countAttempt<T>(
  attempts: FailedAttempts,
  { keys, cleared, now }: PasswordAttempt,
  verify: () => Promise<T | null>,
): Promise<T | null> {
  const attempt = attempts.begin(keys, now);
  const found = await verify().catch((error: unknown) => {
    attempt.canceled();
    throw error;
  });
  if (found === null) attempt.failed();
  else attempt.succeeded(cleared);
  return found;
}

const MAX_WAIT = 60_000;

/** The count of a name is removed an hour after its last wrong password, in milliseconds. */
const FORGET_AFTER = 60 * 60_000;

const MAX_NAMES = 20_000;

type Entry = { failures: number; pending: number; lastFailure: number };

/**
 * Counts in memory for at most 20,000 names, after which the oldest are removed. Not `rate-limiter-flexible`: it counts all attempts, blocks
 * instead of delaying, and reads the system clock.
 */
export function createFailedAttempts(): FailedAttempts {
  const entries = new Map<string, Entry>();
  const known = new Set<string>();

  function find(name: string, time: number): Entry | undefined {
    const entry = entries.get(name);
    if (!entry || entry.pending > 0 || time - entry.lastFailure < FORGET_AFTER) return entry;
    entries.delete(name);
    return undefined;
  }

  function findOrAdd(name: string, time: number): Entry {
    const entry = find(name, time) ?? { failures: 0, pending: 0, lastFailure: time };
    // Moved to the end, since the first ones are removed.
    entries.delete(name);
    entries.set(name, entry);
    removeOldest(entries, entries.size);
    return entry;
  }

  function assertNoWait({ name, free }: AttemptKey, time: number): void {
    const entry = find(name, time);
    if (!entry || entry.failures + entry.pending < free) return;
    if (entry.pending > 0) throw tooManyAttempts(1000);
    const wait = Math.min(1000 * 2 ** (entry.failures - free), MAX_WAIT) - (time - entry.lastFailure);
    if (wait > 0) throw tooManyAttempts(wait);
  }

  return {
    begin(keys, now) {
      const time = now.getTime();
      for (const key of keys) assertNoWait(key, time);
      const begun = keys.map(({ name }) => findOrAdd(name, time));
      for (const entry of begun) entry.pending += 1;
      const end = () => {
        for (const entry of begun) entry.pending -= 1;
      };
      return {
        canceled: end,
        failed() {
          end();
          for (const entry of begun) {
            entry.failures += 1;
            entry.lastFailure = time;
          }
        },
        succeeded(cleared) {
          end();
          for (const name of cleared) {
            entries.delete(name);
            known.delete(name);
            known.add(name);
          }
          removeOldest(known, known.size);
        },
      };
    },
    note(name, now) {
      const entry = findOrAdd(name, now.getTime());
      entry.failures += 1;
      entry.lastFailure = now.getTime();
    },
    count: (name, now) => find(name, now.getTime())?.failures ?? 0,
    isKnown: (name) => known.has(name),
  };
}

function removeOldest(names: { keys(): Iterable<string>; delete(name: string): boolean }, size: number): void {
  let remaining = size;
  for (const name of names.keys()) {
    if (remaining <= MAX_NAMES) break;
    names.delete(name);
    remaining -= 1;
  }
}

function tooManyAttempts(milliseconds: number): AppError {
  const seconds = Math.ceil(milliseconds / 1000);
  return new AppError("rate_limited", `Too many wrong passwords. Try again in ${seconds === 1 ? "a second" : `${seconds} seconds`}.`);
}

const attemptsByStore = new WeakMap<Store, FailedAttempts>();

/** Returns the counts for the accounts of a store. */
export function failedAttemptsOf(store: Store): FailedAttempts {
  let attempts = attemptsByStore.get(store);
  if (!attempts) attemptsByStore.set(store, (attempts = createFailedAttempts()));
  return attempts;
}
