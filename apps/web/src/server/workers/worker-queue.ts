import { Worker } from "node:worker_threads";
import { AppError } from "@landfall/core/kernel/app-error";
import type { LazyBytes, MapReader, MapReading, ScriptReading, SourcesReading, Unread } from "@landfall/core/kernel/map-reader";
import type { Timers } from "#server/lifecycle/timers.ts";
import { FairQueue } from "./fair-queue.ts";

/** Bounds of one worker. Times are milliseconds. */
export type WorkerQueueLimits = {
  /** How long one file may take, without the time its bytes take to arrive. */
  readonly timeLimit: number;
  /** How long an idle worker stays. */
  readonly idle: number;
  /** How many files of one organization may wait for the worker. */
  readonly waitingPerOrganization: number;
  /** How many files may wait for the worker. */
  readonly waiting: number;
  /** The most memory of a worker, in MiB. */
  readonly memory: number;
};

export type WorkerQueueOptions = {
  readonly limits: WorkerQueueLimits;
  readonly timers: Timers;
  readonly onError: (error: unknown) => void;
  /** Called after a worker was ended because it was idle. */
  readonly onIdle?: (() => void) | undefined;
  /** The worker's file. */
  readonly file: URL;
};

/** The client of a request: its organization, with which others take turns, and the reading time that the request has left, in milliseconds. */
export type MapClient = { readonly organizationId: number; readonly budget: { readonly total: number; left: number } };

/**
 * One worker, started with its first request and ended when it has been idle, and the requests that wait for it. Not piscina, and not shared
 * with the queue of notes: a worker requests bytes while it reads, and that wait does not count towards the time of the request.
 */
export interface WorkerQueue {
  run(request: MapRequest, bytes: LazyBytes["bytes"], client: MapClient): Promise<MapResponse>;
  readonly isRunning: () => boolean;
  stop(): Promise<void>;
}

type Job = {
  readonly request: MapRequest;
  readonly bytes: LazyBytes["bytes"];
  readonly client: MapClient;
  readonly resolve: (response: MapResponse) => void;
  readonly reject: (error: unknown) => void;
  /** Why the bytes could not be fetched. */
  failure?: unknown;
};

const busy = () => new AppError("unavailable", "The server is busy reading other source maps. Try again in a minute.");
const stopping = () => new AppError("unavailable", "The server is stopping. Try again in a minute.");

export function createWorkerQueue({ limits, timers, onError, onIdle, file }: WorkerQueueOptions): WorkerQueue {
  const queue = new FairQueue<Job>({ mostPerOwner: limits.waitingPerOrganization, most: limits.waiting });
  let worker: Worker | null = null;
  let job: Job | null = null;
  let isStopped = false;
  let cancel: () => void = () => {};
  /** When the worker began to read; null while it waits for bytes or has nothing to do. */
  let since: number | null = null;

  /** Ends the current job and starts the next one. */
  function finish(end: (job: Job) => void): void {
    pause();
    const ended = job;
    job = null;
    if (ended) end(ended);
    next();
  }

  function next(): void {
    if (job !== null || isStopped) return;
    job = queue.shift() ?? null;
    if (job === null) {
      if (worker !== null) cancel = timers.later(() => void dismiss().then(onIdle), limits.idle);
      return;
    }
    cancel();
    if (job.client.budget.left <= 0) return finish(({ resolve, client }) => resolve(overBudget(client)));
    worker ??= start();
    startTimer(job);
    send(worker, job.request);
  }

  function start(): Worker {
    const started = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: limits.memory } });
    const isCurrent = () => worker === started;
    started.on("message", (message: FromMapWorker) => {
      if (isCurrent()) receive(started, message);
    });
    started.on("error", (error) => {
      if (isCurrent()) onWorkerEnd(error);
    });
    started.on("exit", (code) => {
      if (isCurrent()) onWorkerEnd(new Error(`a reader of source maps ended with code ${code}`));
    });
    return started;
  }

  function receive(from: Worker, message: FromMapWorker): void {
    if (message.kind === "done") return finish(({ resolve }) => resolve(message.response));
    if (message.kind === "failed") return finish(({ reject, failure }) => reject(failure ?? new Error(message.message)));
    const current = job;
    pause();
    void current?.bytes().then(
      (bytes) => {
        if (job !== current || worker !== from) return;
        startTimer(current);
        send(from, { kind: "bytes", bytes }, [bytes.buffer]);
      },
      (error: unknown) => {
        if (job !== current || worker !== from) return;
        current.failure = error;
        send(from, { kind: "bytes", bytes: null });
      },
    );
  }

  const send = (to: Worker, message: ToMapWorker, moved: ArrayBuffer[] = []): void => to.postMessage(message, moved);

  /** Starts to count the reading time of a job, and ends the worker when the job takes too long. */
  function startTimer({ client }: Job): void {
    cancel();
    since = timers.now();
    const isLastOfBudget = client.budget.left < limits.timeLimit;
    cancel = timers.later(
      () => {
        void dismiss();
        finish(({ resolve }) => resolve(isLastOfBudget ? overBudget(client) : timeoutProblem(limits.timeLimit)));
      },
      Math.max(0, Math.min(limits.timeLimit, client.budget.left)),
    );
  }

  function pause(): void {
    cancel();
    if (since !== null && job !== null) job.client.budget.left -= timers.now() - since;
    since = null;
  }

  function onWorkerEnd(error: Error): void {
    worker = null;
    const isLarge = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
    if (!isLarge) onError(error);
    const problem = isLarge
      ? "Reading it takes more memory than one worker may use. Split the script into smaller ones."
      : "Reading it failed on the server. See its log, and try again.";
    finish(({ resolve }) => resolve(unread(problem)));
  }

  async function dismiss(): Promise<void> {
    const ended = worker;
    worker = null;
    await ended?.terminate();
  }

  return {
    run(request, bytes, client) {
      if (isStopped) return Promise.reject(stopping());
      return new Promise((resolve, reject) => {
        if (!queue.push(client.organizationId, { request, bytes, client, resolve, reject })) return reject(busy());
        next();
      });
    },
    isRunning: () => worker !== null,
    async stop() {
      isStopped = true;
      cancel();
      for (const { reject } of [...(job ? [job] : []), ...queue.clear()]) reject(stopping());
      job = null;
      await dismiss();
    },
  };
}

const unread = (problem: string): Unread => ({ isRead: false, problem });

const timeoutProblem = (milliseconds: number): Unread =>
  unread(`Reading it takes longer than ${milliseconds / 1000} seconds. Split the script into smaller ones.`);

const overBudget = ({ budget }: MapClient): Unread =>
  unread(`Reading the source maps of this request takes longer than ${budget.total / 1000} seconds. Ask for fewer frames at once.`);

type Positions = Parameters<MapReader["resolve"]>[1];

/** A request to a worker, one at a time. */
export type MapRequest =
  | { readonly kind: "script"; readonly key: string }
  | { readonly kind: "sources"; readonly key: string }
  | { readonly kind: "map"; readonly key: string; readonly isInline: boolean; readonly positions: Positions };

/** `null` for bytes that could not be fetched. */
export type ToMapWorker = MapRequest | { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer> | null };

export type MapResponse = ScriptReading | MapReading | SourcesReading | Unread;

/** `need`: the worker has no cached result and needs the bytes. `failed`: it got no bytes, or has a bug. */
export type FromMapWorker =
  | { readonly kind: "need" }
  | { readonly kind: "done"; readonly response: MapResponse }
  | { readonly kind: "failed"; readonly message: string };
