import pino from "pino";
import type { DestinationStream, Logger } from "pino";
import type { Env } from "../../../env.ts";

/** The log of the process: one JSON object per line. */
export interface Log {
  readonly logger: Logger;
  /** Writes buffered lines before the process ends. Never throws, and waits only briefly if nothing reads the pipe. */
  close(): Promise<void>;
}

/** The longest time that lines are buffered. */
const FLUSH_MILLISECONDS = 250;

const LAST_WRITE_MILLISECONDS = 500;
const BUFFER = 8_192;

/** If nothing reads the pipe, lines are dropped, so that memory stays bounded. */
const MAX_BUFFERED = 16_777_216;

/** Opens the log on standard error. Standard output is for people; the first start prints a token there. */
export function openLog(level: Env["logLevel"]): Log {
  const destination = pino.destination({ dest: 2, sync: false, minLength: BUFFER, maxLength: MAX_BUFFERED });
  const timer = setInterval(() => destination.flush(), FLUSH_MILLISECONDS).unref();
  return {
    logger: createLogger(level, destination),
    close() {
      clearInterval(timer);
      // Not `flushSync`, which retries forever if nothing reads the pipe.
      return new Promise((resolve) => {
        setTimeout(resolve, LAST_WRITE_MILLISECONDS).unref();
        destination.flush(() => resolve());
      });
    },
  };
}

/** Creates a logger that writes to `destination`. Bound values of SQL statements are removed from errors, since they may be secrets. */
export function createLogger(level: Env["logLevel"], destination: DestinationStream): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describeError } }, destination);
}

/** Returns an error with its causes as it is logged. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: withoutValues(String(error)) };
  const code = "code" in error ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  return { type: error.name, message: withoutValues(error.message), ...code, stack: withoutValues(error.stack ?? ""), ...cause };
}

/** Drizzle appends the bound values to the message of a failed query. */
const withoutValues = (text: string): string => text.replace(/^params: .*$/gm, "params: …");
