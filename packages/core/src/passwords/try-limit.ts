import { AppError } from "../app-error.ts";

/** One thing that may be tried a few times: an address, a person. */
export type TryKey = { readonly name: string; readonly most: number };

/** Counts tries, and refuses more than are allowed. */
export interface TryLimit {
  /** Counts one try at each of `keys`. Throws `rate_limited`, and counts nothing, when one of them has had its share. */
  take(keys: readonly TryKey[], now: Date): void;
  /** Takes back the try that was counted: it was no guess. */
  giveBack(keys: readonly TryKey[]): void;
}

const WINDOW = 15 * 60_000;
const MOST_REMEMBERED = 20_000;

/** A limit of tries per 15 minutes, counted from the first, in the memory of this process: at most 20,000 names, the oldest forgotten. */
export function createTryLimit(): TryLimit {
  const counts = new Map<string, { tries: number; readonly until: number }>();

  function live(name: string, time: number) {
    const count = counts.get(name);
    if (count && count.until > time) return count;
    counts.delete(name);
    return undefined;
  }

  return {
    take(keys, now) {
      const time = now.getTime();
      for (const { name, most } of keys) {
        const count = live(name, time);
        if (count && count.tries >= most) throw tooMany(count.until - time);
      }
      for (const { name } of keys) {
        const count = live(name, time);
        if (count) count.tries += 1;
        else counts.set(name, { tries: 1, until: time + WINDOW });
      }
      for (const name of counts.keys()) {
        if (counts.size <= MOST_REMEMBERED) break;
        counts.delete(name);
      }
    },
    giveBack(keys) {
      for (const { name } of keys) {
        const count = counts.get(name);
        if (count && count.tries > 0) count.tries -= 1;
      }
    },
  };
}

function tooMany(milliseconds: number): AppError {
  const minutes = Math.ceil(milliseconds / 60_000);
  return new AppError("rate_limited", `Too many tries. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`);
}
