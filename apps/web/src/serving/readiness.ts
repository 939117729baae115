import type { Store } from "@landfall/db/store";
import type { Timers } from "./timers.ts";

/** A probe is a write; however often it is asked for, one in so many milliseconds is enough. */
const PROBE_INTERVAL = 1_000;

/** Returns a check that the store can write, which throws what keeps it from doing so. Callers at the same time share a probe. */
export function createReadiness({ checkWritable }: Pick<Store, "checkWritable">, { now }: Pick<Timers, "now">): () => Promise<void> {
  let probe: Promise<void> | undefined;
  let until = 0;
  return () => {
    if (probe && now() < until) return probe;
    until = Number.POSITIVE_INFINITY;
    const fresh = checkWritable().finally(() => (until = now() + PROBE_INTERVAL));
    return (probe = fresh);
  };
}
