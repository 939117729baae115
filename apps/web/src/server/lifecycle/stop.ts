import type { Server } from "node:http";
import { closeServer } from "./close-server.ts";
import type { Log } from "./log.ts";
import { type Timers, timers as processTimers } from "./timers.ts";

/** What is closed when the server stops, in this order, each once the one before is done. */
export type ServerParts = {
  readonly endStreams: () => void;
  readonly server: Server;
  readonly stopWork: () => Promise<void>;
  readonly flushUses: () => Promise<void>;
  readonly closePages: () => Promise<void>;
  readonly closeStore: () => Promise<void>;
  readonly log: Log;
};

/** What is left after `limit` is cut off. */
const ANSWERS = { grace: 250, limit: 6_500 };

/**
 * Stops in order: streams ended, no new connections, requests in flight answered, background work given back, what was written made durable,
 * everything closed. Answers the exit code within ten seconds: 0, or 1 when something could not be closed in time.
 */
export async function stop(parts: ServerParts, timers: Timers = processTimers): Promise<number> {
  const { endStreams, server, stopWork, flushUses, closePages, closeStore, log } = parts;
  // Each with the milliseconds after the signal at which it is given up: process managers kill after ten seconds, and a database that
  // does not respond must keep neither the others nor the log from being closed.
  const steps: readonly (readonly [name: string, deadline: number, step: () => void | Promise<void>])[] = [
    ["event streams", 500, endStreams],
    ["requests", 7_000, () => closeServer(server, ANSWERS)],
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

/** Runs `step`; throws when it has not ended after so many milliseconds. */
function withTimeout(step: () => void | Promise<void>, { name, milliseconds, timers }: Limit): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = timers.later(() => reject(new Error(`Closing "${name}" took too long.`)), Math.max(0, milliseconds));
    Promise.try(step).then(resolve, reject).finally(cancel);
  });
}
