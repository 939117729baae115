import type { Timers } from "./timers.ts";

export type RunWhenIdleOptions = {
  readonly timers: Timers;
  /** How many milliseconds nothing has to happen. */
  readonly after: number;
  /** How often something has to have happened since the last time. */
  readonly enough: number;
  readonly work: () => void;
};

/** Does `work` once nothing has happened for a while, each time after enough has; answers what to call when something happens. */
export function runWhenIdle({ timers, after, enough, work }: RunWhenIdleOptions): () => void {
  let count = 0;
  let last = 0;
  let isWaiting = false;
  // One timer at a time, set again for what is missing: requests come by the thousand.
  const wait = (milliseconds: number) => {
    isWaiting = true;
    timers.later(() => {
      const missing = last + after - timers.now();
      if (missing > 0) return wait(missing);
      isWaiting = false;
      count = 0;
      work();
    }, milliseconds);
  };
  return () => {
    count += 1;
    last = timers.now();
    if (count >= enough && !isWaiting) wait(after);
  };
}
