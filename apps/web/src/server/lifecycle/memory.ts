import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Timers } from "./timers.ts";

/**
 * Gives back the memory that starting, or a time of many requests, took. Both grow V8's nursery to 128 MB of garbage, which it would keep
 * for as long as the server is idle; nothing gentler than this collection shrinks it. Takes about a tenth of a second.
 */
export function releaseMemory(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  if (typeof collect === "function") collect({ type: "major", execution: "sync", flavor: "last-resort" });
}

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
