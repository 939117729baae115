import { Worker } from "node:worker_threads";
import { AppError } from "@landfall/core/kernel/app-error";
import type { MarkdownProblem, MarkdownRenderer, RenderedMarkdown } from "@landfall/domain/release-notes/markdown";
import type { Timers } from "#server/lifecycle/timers.ts";

/** Bounds of the worker. Times are milliseconds. */
type Limits = {
  /** How long rendering one text may take. */
  readonly budget: number;
  /** How long a worker without work stays. */
  readonly idle: number;
  /** How many texts may wait. */
  readonly waiting: number;
};

/** 20,000 characters of ordinary Markdown take 30 ms; the rest is for a busy machine. */
const LIMITS: Limits = { budget: 3000, idle: 60_000, waiting: 20 };

type Options = {
  readonly timers: Timers;
  readonly onError: (error: unknown) => void;
  readonly limits?: Partial<Limits>;
  readonly file?: URL;
};

type Result = RenderedMarkdown | MarkdownProblem;

type Job = { readonly markdown: string; readonly resolve: (result: Result) => void; readonly reject: (error: unknown) => void };

/** Memory of the worker, in MiB. */
const MEMORY = 256;

const TOO_SLOW = "These notes take too long to render. Nest less, or split them.";
const busy = () => new AppError("unavailable", "The server is busy rendering other notes. Try again in a minute.");
const stopping = () => new AppError("unavailable", "The server is stopping. Try again in a minute.");

/** Renders notes in one worker, which is started when it is needed, ended when it is idle, and replaced when a text exceeds its time. */
export function createMarkdownPool({
  timers,
  onError,
  limits = {},
  file = new URL("./markdown-worker.ts", import.meta.url),
}: Options): MarkdownRenderer & { stop(): Promise<void> } {
  const { budget, idle, waiting } = { ...LIMITS, ...limits };
  const queue: Job[] = [];
  let job: Job | null = null;
  let worker: Worker | null = null;
  let isStopped = false;
  let cancel = (): void => {};

  function later(work: () => void, milliseconds: number): void {
    cancel();
    cancel = timers.later(work, milliseconds);
  }

  function start(): Worker {
    const started = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: MEMORY } });
    started.on("message", (result: Result) => {
      if (worker === started) finish(({ resolve }) => resolve(result));
    });
    started.on("error", (error) => {
      if (worker !== started) return;
      worker = null;
      const isLarge = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
      finish(({ resolve, reject }) => (isLarge ? resolve({ problem: TOO_SLOW }) : reject(error)));
    });
    return started;
  }

  function next(): void {
    if (job !== null || isStopped) return;
    job = queue.shift() ?? null;
    if (job === null) {
      if (worker !== null) later(() => void dismiss().catch(onError), idle);
      return;
    }
    worker ??= start();
    worker.postMessage(job.markdown, []);
    later(() => {
      void dismiss().catch(onError);
      finish(({ resolve }) => resolve({ problem: TOO_SLOW }));
    }, budget);
  }

  function finish(end: (job: Job) => void): void {
    const ended = job;
    job = null;
    cancel();
    if (ended) end(ended);
    next();
  }

  async function dismiss(): Promise<void> {
    const ended = worker;
    worker = null;
    await ended?.terminate();
  }

  return {
    render(markdown) {
      if (isStopped) return Promise.reject(stopping());
      if (queue.length >= waiting) return Promise.reject(busy());
      return new Promise((resolve, reject) => {
        queue.push({ markdown, resolve, reject });
        next();
      });
    },
    async stop() {
      isStopped = true;
      cancel();
      for (const { reject } of [...(job ? [job] : []), ...queue.splice(0)]) reject(stopping());
      job = null;
      await dismiss();
    },
  };
}
