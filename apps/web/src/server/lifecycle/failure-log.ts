import { type StorageFailure, storageFailureOf } from "@landfall/db/storage-failure";
import type { Timers } from "./timers.ts";

/** Where and for which request something failed. */
type FailedAt = { readonly id?: string | null; readonly during?: string };

type Write = (fields: object, text: string) => void;
type Logger = Readonly<Record<"error" | "info" | "debug", Write>>;

export type FailureLogOptions = {
  readonly logger: Logger;
  readonly timers: Timers;
  /** Called for every storage failure, also for those that the log leaves out. */
  readonly onStorageFailure?: (failure: StorageFailure) => void;
};

/** Logs failures that requests did not cause. */
export interface FailureLog {
  /** Logs a bug with its stack every time, and a storage failure once per burst. */
  report(error: unknown, at?: FailedAt): void;
}

/** A burst ends after this many milliseconds without the same failure. */
const QUIET = 15_000;

/** A burst is logged again after this many milliseconds. */
const REMINDER = 300_000;

type Burst = { readonly started: number; last: number; count: number; reminded: number };

/**
 * Creates a log that summarizes outages: it logs the first failure with its cause, a reminder every five minutes, and the number of
 * failures at the end. Each kind of failure, and each damaged artifact, has its own burst.
 */
export function createFailureLog({ logger, timers, onStorageFailure = () => {} }: FailureLogOptions): FailureLog {
  const bursts = new Map<string, Burst>();

  function watch(failure: StorageFailure, key: string, burst: Burst, milliseconds: number): void {
    timers.later(() => {
      const now = timers.now();
      const left = burst.last + QUIET - now;
      if (left > 0) {
        if (now - burst.reminded >= REMINDER) {
          burst.reminded = now;
          logger.error({ failure, ...extentOf(burst) }, `${MESSAGES[failure]}, still`);
        }
        return watch(failure, key, burst, left);
      }
      bursts.delete(key);
      logger.info({ failure, ...extentOf(burst) }, "no more failures of this kind");
    }, milliseconds);
  }

  return {
    report(error, at = {}) {
      const failure = storageFailureOf(error);
      if (failure === null) return logger.error({ err: error, ...at }, "bug");
      onStorageFailure(failure);
      if (failure === "closing") return logger.debug({ err: error, ...at }, MESSAGES[failure]);
      const now = timers.now();
      const key = failure === "artifact_damaged" ? `${failure} ${String(error)}` : failure;
      const current = bursts.get(key);
      if (current) {
        current.last = now;
        current.count += 1;
        return;
      }
      const burst = { started: now, last: now, count: 1, reminded: now };
      bursts.set(key, burst);
      logger.error({ failure, err: error, ...at }, MESSAGES[failure]);
      watch(failure, key, burst, QUIET);
    },
  };
}

const extentOf = ({ started, last, count }: Burst) => ({ count, seconds: Math.round((last - started) / 1000) });

const MESSAGES: Record<StorageFailure, string> = {
  database_unreachable: "the database cannot be reached",
  artifacts_unreachable: "the object storage cannot be reached",
  outcome_unknown: "the database was lost during a commit",
  artifact_damaged: "an artifact is missing or damaged: upload it again",
  busy: "the database is busy",
  disk_full: "the disk is full",
  read_only: "the database cannot be written",
  io_error: "the disk does not work properly",
  damaged: "the database is damaged: stop the server, keep the file, and restore a backup",
  closing: "the server is shutting down",
};
