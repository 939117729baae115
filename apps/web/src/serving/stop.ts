import type { Server } from "node:http";
import type { Log } from "./log.ts";
import { closeServer } from "./close-server.ts";

/** What is closed when the server stops, in this order, each once the one before is done. */
export type Parts = {
  readonly endStreams: () => void;
  readonly server: Server;
  readonly stopWork: () => Promise<void>;
  readonly flushUses: () => Promise<void>;
  readonly closePages: () => Promise<void>;
  readonly closeStore: () => Promise<void>;
  readonly log: Log;
};

/** Process managers wait 10 seconds or more before they kill. */
const PATIENCE = { grace: 250, limit: 8_000 };

/**
 * Stops in order: streams ended, no new connections, requests in flight answered, background work given back, what was written made durable, everything closed. Answers the
 * exit code: 0, or 1 when something could not be closed.
 */
export async function stop({ endStreams, server, stopWork, flushUses, closePages, closeStore, log }: Parts): Promise<number> {
  let code = 0;
  const steps: readonly (() => void | Promise<void>)[] = [
    endStreams,
    () => closeServer(server, PATIENCE),
    stopWork,
    flushUses,
    closePages,
    closeStore,
  ];
  for (const step of steps) {
    try {
      await step();
    } catch (err) {
      code = 1;
      log.logger.error({ err }, "stopping");
    }
  }
  log.logger.info("stopped");
  await log.close();
  return code;
}
