import { Worker } from "node:worker_threads";
import { AppError } from "@landfall/core/app-error";
import type { LazyBytes, Unread } from "@landfall/core/source-maps/map-reader";
import type { FromMapWorker, MapAnswer, MapRequest, ToMapWorker } from "./map-messages.ts";
import type { Timers } from "./timers.ts";

/** Bounds of one worker. Times are milliseconds. */
export type LaneLimits = {
  /** How long one request may take, without the time its bytes take to arrive. */
  readonly patience: number;
  /** How long a worker without work stays. */
  readonly idle: number;
  /** How many requests may wait for it. */
  readonly waiting: number;
  /** The most memory of a worker, in MiB. */
  readonly memory: number;
};

export type LaneOptions = {
  readonly limits: LaneLimits;
  readonly timers: Timers;
  readonly onError: (error: unknown) => void;
  /** Told when a worker was ended because it was idle. */
  readonly onIdle?: (() => void) | undefined;
  /** The worker's file. */
  readonly file: URL;
};

/** One worker, started with its first request and ended when it has been idle, and the requests that wait for it. */
export interface MapLane {
  ask(request: MapRequest, bytes: LazyBytes["bytes"]): Promise<MapAnswer>;
  readonly isRunning: () => boolean;
  stop(): Promise<void>;
}

type Job = {
  readonly request: MapRequest;
  readonly bytes: LazyBytes["bytes"];
  readonly resolve: (answer: MapAnswer) => void;
  readonly reject: (error: unknown) => void;
  /** Why there were no bytes. */
  failure?: unknown;
};

const busy = () => new AppError("unavailable", "The server is busy reading other source maps. Try again in a minute.");
const stopping = () => new AppError("unavailable", "The server is stopping. Try again in a minute.");

export function createMapLane({ limits, timers, onError, onIdle, file }: LaneOptions): MapLane {
  const queue: Job[] = [];
  let worker: Worker | null = null;
  let job: Job | null = null;
  let isStopped = false;
  let cancel: () => void = () => {};

  function later(work: () => void, milliseconds: number): void {
    cancel();
    cancel = timers.later(work, milliseconds);
  }

  /** Ends the job at hand and goes on with the next. */
  function finish(end: (job: Job) => void): void {
    const ended = job;
    job = null;
    cancel();
    if (ended) end(ended);
    next();
  }

  function next(): void {
    if (job !== null || isStopped) return;
    job = queue.shift() ?? null;
    if (job === null) {
      if (worker !== null) later(() => void dismiss().then(onIdle), limits.idle);
      return;
    }
    worker ??= start();
    hurry();
    send(worker, job.request);
  }

  function start(): Worker {
    const started = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: limits.memory } });
    const isCurrent = () => worker === started;
    started.on("message", (message: FromMapWorker) => {
      if (isCurrent()) hear(started, message);
    });
    started.on("error", (error) => {
      if (isCurrent()) died(error);
    });
    started.on("exit", (code) => {
      if (isCurrent()) died(new Error(`a reader of source maps ended with code ${code}`));
    });
    return started;
  }

  function hear(from: Worker, message: FromMapWorker): void {
    if (message.kind === "done") return finish(({ resolve }) => resolve(message.answer));
    if (message.kind === "failed") return finish(({ reject, failure }) => reject(failure ?? new Error(message.message)));
    const asking = job;
    cancel();
    void asking?.bytes().then(
      (bytes) => {
        if (job !== asking || worker !== from) return;
        hurry();
        send(from, { kind: "bytes", bytes }, [bytes.buffer]);
      },
      (error: unknown) => {
        if (job !== asking || worker !== from) return;
        asking.failure = error;
        send(from, { kind: "bytes", bytes: null });
      },
    );
  }

  const send = (to: Worker, message: ToMapWorker, moved: ArrayBuffer[] = []): void => to.postMessage(message, moved);

  const hurry = (): void =>
    later(() => {
      void dismiss();
      finish(({ resolve }) =>
        resolve(unread(`Reading it takes longer than ${limits.patience / 1000} seconds. Split the script into smaller ones.`)),
      );
    }, limits.patience);

  function died(error: Error): void {
    worker = null;
    const isLarge = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
    if (!isLarge) onError(error);
    const problem = isLarge
      ? "Reading it takes more memory than the server gives to one. Split the script into smaller ones."
      : "Reading it failed in the server, whose log tells why. Try again.";
    finish(({ resolve }) => resolve(unread(problem)));
  }

  async function dismiss(): Promise<void> {
    const ended = worker;
    worker = null;
    await ended?.terminate();
  }

  return {
    ask(request, bytes) {
      if (isStopped) return Promise.reject(stopping());
      if (queue.length >= limits.waiting) return Promise.reject(busy());
      return new Promise((resolve, reject) => {
        queue.push({ request, bytes, resolve, reject });
        next();
      });
    },
    isRunning: () => worker !== null,
    async stop() {
      isStopped = true;
      cancel();
      for (const { reject } of [...(job ? [job] : []), ...queue.splice(0)]) reject(stopping());
      job = null;
      await dismiss();
    },
  };
}

const unread = (problem: string): Unread => ({ isRead: false, problem });
