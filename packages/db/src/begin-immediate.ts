import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "better-sqlite3";
import { StoreError } from "./store-error.ts";

const patience = { milliseconds: 5_000, pause: 5 };

/**
 * `BEGIN IMMEDIATE` that waits for another process's write without stopping this one: SQLite's own busy timeout sleeps on the only
 * thread. Needs `busy_timeout = 0`; throws `busy` after five seconds.
 */
export function beginImmediate(writer: Database): () => Promise<void> {
  const begin = writer.prepare("begin immediate");
  return async () => {
    const until = performance.now() + patience.milliseconds;
    for (;;) {
      try {
        begin.run();
        return;
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (performance.now() > until)
          throw new StoreError("busy", `Another process kept ${writer.name} locked for five seconds.`, { cause: error });
        await wait(patience.pause);
      }
    }
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY");
}
