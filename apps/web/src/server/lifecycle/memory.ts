import { exposeGc } from "@landfall/db/expose-gc";
import type { Timers } from "./timers.ts";

/**
 * Releases memory after the start or a burst of requests. Both grow V8's young generation to 128 MB of garbage, which it keeps while the
 * server is idle; only this kind of collection shrinks it. Takes about a tenth of a second.
 */
export const releaseMemory = (): void => exposeGc()({ type: "major", execution: "sync", flavor: "last-resort" });

export type RunWhenIdleOptions = {
  readonly timers: Timers;
  /** Milliseconds without an event before `work` runs. */
  readonly after: number;
  /** How many events are needed since the last run. */
  readonly enough: number;
  readonly work: () => void;
};

/** Runs `work` when there were enough events and then none for a while. Returns the function to call for each event. */
export function runWhenIdle({ timers, after, enough, work }: RunWhenIdleOptions): () => void {
  let count = 0;
  let last = 0;
  let isWaiting = false;
  // One timer at a time, set again for the remaining time, since there may be thousands of events.
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
