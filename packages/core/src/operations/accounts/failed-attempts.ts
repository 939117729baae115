import type { Store } from "@landfall/db/store";
import { AppError } from "../../kernel/app-error.ts";

/** What wrong passwords are counted by: an address from one network, a network, a person. `free` of them cost no wait. */
export type AttemptKey = { readonly name: string; readonly free: number };

/** One attempt, until it is known how it ended. Exactly one of these is called. */
interface Attempt {
  /** The password was wrong. */
  failed(): void;
  /** It was right: the names of `cleared` start anew. */
  succeeded(cleared: readonly string[]): void;
  /** It was not compared, because of something else. */
  released(): void;
}

/** Counts wrong passwords, and slows attempts down that follow too many of them. */
export interface FailedAttempts {
  /**
   * Begins an attempt. After the free ones each wrong password makes the next wait twice as long, up to a minute; meanwhile attempts are
   * refused, and are one at a time. Throws `rate_limited`, and counts nothing.
   */
  begin(keys: readonly AttemptKey[], now: Date): Attempt;
  /** Counts a wrong password for what only `count` asks about. */
  note(name: string, now: Date): void;
  /** How many wrong passwords were counted for a name and not forgotten yet. */
  count(name: string, now: Date): number;
  /** Whether an attempt succeeded under this name lately. */
  isKnown(name: string): boolean;
}

const MAX_WAIT = 60_000;

/** A name is forgotten when no wrong password came for an hour, in milliseconds. */
const FORGET_AFTER = 60 * 60_000;

const MAX_NAMES = 20_000;

type Entry = { failures: number; pending: number; lastFailure: number };

/**
 * In the memory of this process: at most 20,000 names, the oldest forgotten. Not `rate-limiter-flexible`: it
 * counts all attempts, blocks instead of slowing down, and reads the system's clock.
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
    // The one used last is the last to be forgotten.
    entries.delete(name);
    entries.set(name, entry);
    forgetOldest(entries, entries.size);
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
        released: end,
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
          forgetOldest(known, known.size);
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

function forgetOldest(names: { keys(): Iterable<string>; delete(name: string): boolean }, size: number): void {
  let left = size;
  for (const name of names.keys()) {
    if (left <= MAX_NAMES) break;
    names.delete(name);
    left -= 1;
  }
}

function tooManyAttempts(milliseconds: number): AppError {
  const seconds = Math.ceil(milliseconds / 1000);
  return new AppError("rate_limited", `Too many wrong passwords. Try again in ${seconds === 1 ? "a second" : `${seconds} seconds`}.`);
}

const attemptsByStore = new WeakMap<Store, FailedAttempts>();

/** The wrong passwords typed for accounts of a store, wherever they are counted. */
export function failedAttemptsOf(store: Store): FailedAttempts {
  let attempts = attemptsByStore.get(store);
  if (!attempts) attemptsByStore.set(store, (attempts = createFailedAttempts()));
  return attempts;
}
