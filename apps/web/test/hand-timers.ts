import type { Timers } from "../src/server/lifecycle/timers.ts";

/** Time that passes only when a test says so. */
export interface HandTimers extends Timers {
  /** Lets so many milliseconds pass; what falls due meanwhile is done, each at its moment. */
  pass(milliseconds: number): void;
  /** How much is still to be done. */
  readonly waiting: () => number;
  /** Milliseconds until the next of it; infinite if there is none. */
  readonly next: () => number;
}

export function handTimers(): HandTimers {
  let time = 0;
  const due = new Set<{ readonly at: number; readonly work: () => void }>();
  return {
    now: () => time,
    waiting: () => due.size,
    next: () => Math.min(...[...due].map(({ at }) => at - time)),
    later(work, milliseconds) {
      const one = { at: time + milliseconds, work };
      due.add(one);
      return () => void due.delete(one);
    },
    pass(milliseconds) {
      const until = time + milliseconds;
      for (;;) {
        const [next] = [...due].filter(({ at }) => at <= until).toSorted((one, other) => one.at - other.at);
        if (!next) break;
        time = next.at;
        due.delete(next);
        next.work();
      }
      time = until;
    },
  };
}
