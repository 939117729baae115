import pino from "pino";
import type { DestinationStream, Logger } from "pino";
import type { Env } from "../../../env.ts";

/** The log of the process: one JSON object a line. */
export interface Log {
  readonly logger: Logger;
  /** Writes what is still in memory; for the end of the process. Never throws, and never waits long for a reader that is gone. */
  close(): Promise<void>;
}

/** Lines wait in memory for this long at most. */
const FLUSH_MILLISECONDS = 250;

const LAST_WRITE_MILLISECONDS = 500;
const BUFFER = 8_192;

/** When nobody reads the other end, lines are lost rather than the process. */
const MOST_BUFFERED = 16_777_216;

/** Opens the log on standard error: standard output is for people, and the first start shows a token there. */
export function openLog(level: Env["logLevel"]): Log {
  const destination = pino.destination({ dest: 2, sync: false, minLength: BUFFER, maxLength: MOST_BUFFERED });
  const timer = setInterval(() => destination.flush(), FLUSH_MILLISECONDS).unref();
  return {
    logger: createLogger(level, destination),
    close() {
      clearInterval(timer);
      // Not `flushSync`: it tries for ever to write to a pipe that nobody reads any more.
      return new Promise((resolve) => {
        setTimeout(resolve, LAST_WRITE_MILLISECONDS).unref();
        destination.flush(() => resolve());
      });
    },
  };
}

/** A logger that writes to `destination`. Errors lose the values of SQL statements, among which secrets could be. */
export function createLogger(level: Env["logLevel"], destination: DestinationStream): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describeError } }, destination);
}

/** An error as the log shows it, with its causes. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: withoutValues(String(error)) };
  const code = "code" in error ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  return { type: error.name, message: withoutValues(error.message), ...code, stack: withoutValues(error.stack ?? ""), ...cause };
}

/** Drizzle ends the message of a failed query with a line of the values that were bound. */
const withoutValues = (text: string): string => text.replace(/^params: .*$/gm, "params: …");
