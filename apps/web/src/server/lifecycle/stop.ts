import type { Server } from "node:http";
import { closeServer } from "./close-server.ts";
import type { Log } from "./log.ts";
import { type Timers, timers as processTimers } from "./timers.ts";

/** What is closed when the server stops, one after the other in this order. */
export type ServerParts = {
  readonly endStreams: () => void;
  readonly server: Server;
  readonly stopWork: () => Promise<void>;
  readonly flushUses: () => Promise<void>;
  readonly closePages: () => Promise<void>;
  readonly closeStore: () => Promise<void>;
  readonly log: Log;
};

/** Connections that remain after `limit` are closed. */
const CLOSE_TIMEOUTS = { grace: 250, limit: 6_500 };

/**
 * Stops the server: ends event streams, refuses new connections, finishes requests in flight, stops background work, writes what is
 * buffered, and closes everything. Returns the exit code within ten seconds: 0, or 1 if something could not be closed in time.
 */
export async function stop(parts: ServerParts, timers: Timers = processTimers): Promise<number> {
  const { endStreams, server, stopWork, flushUses, closePages, closeStore, log } = parts;
  // Each with its deadline in milliseconds after the signal. Process managers kill after ten seconds, and a database that does not respond
  // must not prevent the other steps.
  const steps: readonly (readonly [name: string, deadline: number, step: () => void | Promise<void>])[] = [
    ["event streams", 500, endStreams],
    ["requests", 7_000, () => closeServer(server, CLOSE_TIMEOUTS)],
    ["background work", 8_000, stopWork],
    ["uses of tokens", 8_400, flushUses],
    ["pages", 8_700, closePages],
    ["database", 9_300, closeStore],
  ];
  const begun = timers.now();
  let code = 0;
  for (const [name, deadline, step] of steps) {
    try {
      await withTimeout(step, { name, milliseconds: begun + deadline - timers.now(), timers });
    } catch (err) {
      code = 1;
      log.logger.error({ err }, "stopping");
    }
  }
  log.logger.info("stopped");
  await log.close();
  return code;
}

type Limit = { readonly name: string; readonly milliseconds: number; readonly timers: Timers };

/** Runs `step`. @throws if it has not ended after so many milliseconds. */
function withTimeout(step: () => void | Promise<void>, { name, milliseconds, timers }: Limit): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = timers.later(() => reject(new Error(`Closing "${name}" took too long.`)), Math.max(0, milliseconds));
    Promise.try(step).then(resolve, reject).finally(cancel);
  });
}
