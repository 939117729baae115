import { HOUR } from "@landfall/domain/durations";
import type { App } from "@landfall/core/kernel/app";
import { type Assembler, createAssembler, resumeAssemblies } from "@landfall/core/operations/artifacts/assembler";
import { bindBlobStore, sweepArtifacts, type SweepResult } from "@landfall/core/operations/storage/sweep";
import type { Timers } from "#server/lifecycle/timers.ts";

/** What the server does about artifacts without being asked. */
export interface ArtifactJobs {
  /** Looks for archives to put together. */
  readonly wake: () => void;
  /** Labels the blob store with the identity of the database, takes up what an earlier process left, and sweeps now and every hour. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

type Write = (fields: object, text: string) => void;

type Options = {
  readonly timers: Timers;
  readonly logger: { readonly info: Write; readonly warn: Write };
  readonly onError: (error: unknown, during: string) => void;
};

/** Archives that another process was working on when it ended are looked for this often; those of this one wake it. */
const LOOK = 60_000;

/** The background work of one process. */
export function createArtifactJobs(
  app: Pick<App, "store" | "blobs" | "now" | "randomHex" | "quotas">,
  { timers, logger, onError }: Options,
): ArtifactJobs {
  const assembler: Assembler = createAssembler(app, { onError: (error) => onError(error, "assembling an archive") });
  const waiting = new Map<string, () => void>();
  let sweeping: Promise<unknown> = Promise.resolve();

  const again = (name: string, work: () => void, milliseconds: number): void => {
    work();
    waiting.set(
      name,
      timers.later(() => again(name, work, milliseconds), milliseconds),
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
      again("look", assembler.wake, LOOK);
      again("sweep", sweep, HOUR);
    },
    async stop() {
      for (const cancel of waiting.values()) cancel();
      await assembler.stop();
      await sweeping;
    },
  };
}

/** One line for each sweep that changed something or was refused. */
function logSweep(logger: Options["logger"], { refusal, chunks, quarantined, deleted, staged }: SweepResult): void {
  if (refusal !== null) {
    const { reason, message, isProblem } = refusal;
    if (isProblem) logger.warn({ reason, problem: message }, "artifacts are not swept");
    else logger.info({ reason, pause: message }, "artifacts are not swept yet");
  } else if (chunks + quarantined.count + deleted.count + staged > 0) {
    logger.info({ chunks, quarantined, deleted, staged }, "artifacts swept");
  }
}
