import { DAY } from "@landfall/domain/durations";
import type { App } from "@landfall/core/kernel/app";
import { LEASE } from "@landfall/core/kernel/lease";
import { purgeRemovedOrganizations } from "@landfall/core/operations/organizations/remove";
import { lastOccurrence, nightlyRetention, releaseNightlyWork } from "@landfall/core/operations/retention/nightly";
import { serverContext } from "#server/lifecycle/server-context.ts";
import type { Timers } from "#server/lifecycle/timers.ts";

/** Nightly deletion of the artifacts that retention rules do not keep, and of organizations that were removed a day ago. */
export interface RetentionJob {
  /** Does the work of the last night, if it is not finished, and of every following night. */
  start(): void;
  /** Ends a run at its next step. */
  stop(): Promise<void>;
}

type Options = {
  readonly timers: Timers;
  readonly hour: number;
  readonly logger: { readonly info: (fields: object, text: string) => void };
  readonly onError: (error: unknown, during: string) => void;
};

/** Creates the nightly work of one process. If several processes share a database, one of them does it. */
export function createRetentionJob(app: App, { timers, hour, logger, onError }: Options): RetentionJob {
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
    onError: (error: unknown, { slug }: { readonly slug: string }) => onError(error, `retention of ${slug}`),
  };
  const runNight = async (): Promise<void> => {
    const outcome = await nightlyRetention(app, night);
    if (stopping.signal.aborted) return;
    if (outcome === "done") {
      const organizations = await purgeRemovedOrganizations(await serverContext(app));
      if (organizations > 0) logger.info({ organizations }, "deleted removed organizations");
    }
    // Checks again if another process does the work, since that process may be killed.
    if (outcome !== "elsewhere") return;
    cancel();
    cancel = timers.later(again, LEASE);
  };
  const run = (work: () => Promise<void>): void => {
    const now = app.now();
    cancel = timers.later(again, lastOccurrence(now, hour).getTime() + DAY - now.getTime());
    running = work().catch((error: unknown) => onError(error, "retention"));
  };
  const again = (): void => run(runNight);
  return {
    start: () => run(() => releaseNightlyWork(app).then(runNight)),
    async stop() {
      cancel();
      stopping.abort(new Error("the server is stopping"));
      await running;
    },
  };
}
