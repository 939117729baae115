import { DAY } from "@landfall/domain/durations";
import type { App } from "@landfall/core/kernel/app";
import { LEASE } from "@landfall/core/kernel/lease";
import { lastOccurrence, nightlyRetention, releaseNightlyWork } from "@landfall/core/operations/retention/nightly";
import type { Timers } from "#server/lifecycle/timers.ts";

/** What the server does every night about artifacts that rules no longer keep. */
export interface RetentionJob {
  /** Does the work of the last night, if that is not finished, and of those that come. */
  start(): void;
  /** Ends a run at its next step. */
  stop(): Promise<void>;
}

type Options = { readonly timers: Timers; readonly hour: number; readonly logger: Logger };

type Write = (fields: object, text: string) => void;
type Logger = { readonly info: Write; readonly error: Write };

/** The nightly work of one process; of several on one database, one does it. */
export function createRetentionJob(app: App, { timers, hour, logger }: Options): RetentionJob {
  const stopping = new AbortController();
  let cancel: () => void = () => {};
  let running: Promise<unknown> = Promise.resolve();
  const night = {
    hour,
    signal: stopping.signal,
    onRun: (
      { slug }: { readonly slug: string },
      { bundles, releases, files, bytes }: Readonly<Record<"bundles" | "releases" | "files" | "bytes", number>>,
    ) => logger.info({ project: slug, bundles, releases, files, bytes }, "retention"),
    onError: (err: unknown, { slug }: { readonly slug: string }) => logger.error({ err, project: slug }, "retention"),
  };
  const look = async (): Promise<void> => {
    // What another process is doing now is looked at again: it may be killed.
    if ((await nightlyRetention(app, night)) !== "elsewhere" || stopping.signal.aborted) return;
    cancel();
    cancel = timers.later(again, LEASE);
  };
  const run = (work: () => Promise<void>): void => {
    const now = app.now();
    cancel = timers.later(again, lastOccurrence(now, hour).getTime() + DAY - now.getTime());
    running = work().catch((err: unknown) => logger.error({ err }, "retention"));
  };
  const again = (): void => run(look);
  return {
    start: () => run(() => releaseNightlyWork(app).then(look)),
    async stop() {
      cancel();
      stopping.abort(new Error("the server is stopping"));
      await running;
    },
  };
}
