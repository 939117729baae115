import { HOUR } from "@landfall/domain/durations";
import type { App } from "@landfall/core/kernel/app";
import { type Assembler, createAssembler, resumeAssemblies } from "@landfall/core/operations/artifacts/assembler";
import { bindBlobStore, sweepArtifacts, type SweepResult } from "@landfall/core/operations/storage/sweep";
import type { Timers } from "#server/lifecycle/timers.ts";

/** Background work on artifacts: assembly and sweeps. */
export interface ArtifactJobs {
  /** Starts to assemble archives that are waiting. */
  readonly wake: () => void;
  /** Labels the blob store with the identity of the database, resumes assemblies of earlier processes, and sweeps now and every hour. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

type Write = (fields: object, text: string) => void;

type Options = {
  readonly timers: Timers;
  readonly logger: { readonly info: Write; readonly warn: Write };
  readonly onError: (error: unknown, during: string) => void;
};

/** Milliseconds between searches for assemblies that another process left unfinished. New ones of this process start at once. */
const SEARCH_PERIOD = 60_000;

/** Creates the background work on artifacts of one process. */
export function createArtifactJobs(
  app: Pick<App, "store" | "blobs" | "now" | "randomHex" | "quotas">,
  { timers, logger, onError }: Options,
): ArtifactJobs {
  const assembler: Assembler = createAssembler(app, { onError: (error) => onError(error, "assembling an archive") });
  const waiting = new Map<string, () => void>();
  let sweeping: Promise<unknown> = Promise.resolve();

  const every = (name: string, work: () => void, milliseconds: number): void => {
    work();
    waiting.set(
      name,
      timers.later(() => every(name, work, milliseconds), milliseconds),
    );
  };
  const sweep = (): void =>
    void (sweeping = sweepArtifacts(app).then(
      (swept) => logSweep(logger, swept),
      (error: unknown) => onError(error, "sweeping artifacts"),
    ));
  return {
    wake: assembler.wake,
    async start() {
      await resumeAssemblies(app);
      await bindBlobStore(app).catch((error: unknown) => onError(error, "labeling the artifact store"));
      every("search", assembler.wake, SEARCH_PERIOD);
      every("sweep", sweep, HOUR);
    },
    async stop() {
      for (const cancel of waiting.values()) cancel();
      await assembler.stop();
      await sweeping;
    },
  };
}

/** Logs each sweep that changed something or was refused. */
function logSweep(logger: Options["logger"], { refusal, chunks, quarantined, deleted, staged }: SweepResult): void {
  if (refusal !== null) {
    const { reason, message, isProblem } = refusal;
    if (isProblem) logger.warn({ reason, problem: message }, "artifacts are not swept");
    else logger.info({ reason, pause: message }, "artifacts are not swept yet");
  } else if (chunks + quarantined.count + deleted.count + staged > 0) {
    logger.info({ chunks, quarantined, deleted, staged }, "artifacts swept");
  }
}
