import type { Timers } from "../src/server/lifecycle/timers.ts";

/** Timers whose time passes only when a test calls `pass`. */
export interface ManualTimers extends Timers {
  /** Advances the time by so many milliseconds and runs the work that is due meanwhile, in order. */
  pass(milliseconds: number): void;
  /** The number of pending timers. */
  readonly waiting: () => number;
  /** Milliseconds until the next timer; infinite if there is none. */
  readonly next: () => number;
}

export function manualTimers(): ManualTimers {
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
