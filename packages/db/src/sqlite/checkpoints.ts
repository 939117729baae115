import { realpathSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Database } from "better-sqlite3";
import type { OnError } from "../store.ts";
import type { CheckpointReply, CheckpointRequest, CheckpointResult, CheckpointWorkerData } from "./checkpoint-worker.ts";
import type { WriteQueue } from "./group-commit.ts";
import { failedSync, isFailedSync } from "./wal-file.ts";

/** Copies the log of a SQLite file into its database, on a separate thread. */
export interface Checkpoints {
  /** Starts a checkpoint when the log has become long. Called after each commit; checks the log at intervals. */
  consider(): void;
  /** Waits for a running checkpoint and ends the thread. */
  stop(): Promise<void>;
}

export type CheckpointLimits = {
  /** Pages in the log at which it is copied and started over: 4,000 are 16 MiB, which are read back at a start in well under a second. */
  readonly pages: number;
  /** Commits between two checks of the log's length. */
  readonly commits: number;
  /** The file of the log keeps its size, since overwriting is faster than extending, unless it is larger than this. */
  readonly keptBytes: number;
  /** Milliseconds until the next attempt when a reader prevented the log from starting over. */
  readonly retryAfter: number;
  /** Milliseconds without a checkpoint after which the thread ends, which frees some 15 MiB. */
  readonly idle: number;
};

const during = "moving the write-ahead log into the database";

const defaults: CheckpointLimits = { pages: 4_000, commits: 16, keptBytes: 64 * 1_024 * 1_024, retryAfter: 10_000, idle: 60_000 };

type Parts = {
  readonly writer: Database;
  readonly queue: Pick<WriteQueue, "exclusively" | "refuse">;
  readonly onError: OnError;
  readonly limits?: Partial<CheckpointLimits>;
};

/**
 * A checkpoint has two steps. The first copies the log into the database during reads and writes. The second runs between two
 * groups of transactions: it copies the rest, syncs the database and starts the log over. Transactions wait for the second step,
 * but readers and everything else do not. SQLite keeps the order that durability needs: it syncs the log before it writes to the
 * database, the database before the log starts over, and the header of the new log before its first page.
 */
export function createCheckpoints({ writer, queue, onError, limits: custom = {} }: Parts): Checkpoints {
  const limits = { ...defaults, ...custom };
  const file = realpathSync(writer.name);
  const pageBytes = Number(writer.pragma("page_size", { simple: true }));
  const lengthOf = writer.prepare<[], CheckpointResult>("pragma wal_checkpoint(noop)");
  let due = limits.pages;
  /** The first commit checks, in case an earlier process left a long log. */
  let commits = limits.commits - 1;
  let thread: CheckpointThread | undefined;
  let running: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let idle: NodeJS.Timeout | undefined;
  let isReported = false;
  let isStopped = false;

  async function run(): Promise<void> {
    clearTimeout(retry);
    clearTimeout(idle);
    try {
      thread ??= startThread({ file, keptBytes: limits.keptBytes });
      const { send } = thread;
      let copied = await send("copy");
      // Later writes are copied too, so that little is left for the second step.
      for (let moved = limits.pages, times = 1; times < 3 && moved > limits.pages / 4; times += 1) {
        const before = copied.checkpointed;
        copied = await send("copy");
        moved = copied.checkpointed - before;
      }
      // Pages that a reader still needs cannot be copied; the second step would only make transactions wait.
      const isHeld = copied.busy || copied.log - copied.checkpointed > limits.pages / 2;
      if (isStopped) return;
      const { busy, log } = isHeld ? { ...copied, busy: true } : await queue.exclusively(() => send("restart"));
      due = (busy ? log : 0) + limits.pages;
      if (busy) retryLater();
      reportLength(busy ? log : 0);
    } catch (error) {
      due += limits.pages;
      if (isFailedSync(error)) return queue.refuse(failedSync(file, error));
      onError(error, during);
      if (thread?.hasEnded()) thread = undefined;
      retryLater();
    } finally {
      if (!isStopped) idle = setTimeout(() => void endThread(), limits.idle).unref();
    }
  }

  async function endThread(): Promise<void> {
    const ended = thread;
    thread = undefined;
    await ended?.end();
  }

  /** Reports once each time that the log exceeds `keptBytes`. */
  function reportLength(pages: number): void {
    const bytes = pages * pageBytes;
    if (bytes > limits.keptBytes && !isReported) {
      const size = Math.round(bytes / 1_048_576);
      onError(new Error(`${file}-wal is ${size} MiB long. A long read, such as a backup, prevents it from starting over.`), during);
    }
    isReported = bytes > limits.keptBytes;
  }

  function retryLater(): void {
    if (!isStopped) retry = setTimeout(start, limits.retryAfter).unref();
  }

  function start(): void {
    if (isStopped) return;
    running ??= run().finally(() => {
      running = undefined;
    });
  }

  return {
    consider() {
      commits += 1;
      if (running || commits % limits.commits !== 0) return;
      const { log } = lengthOf.get() ?? { log: 0 };
      if (log >= due) start();
    },
    async stop() {
      isStopped = true;
      clearTimeout(retry);
      await running;
      clearTimeout(idle);
      await endThread();
    },
  };
}

interface CheckpointThread {
  send(request: CheckpointRequest): Promise<CheckpointResult>;
  hasEnded(): boolean;
  end(): Promise<void>;
}

/** Starts the thread. It does not keep the process alive without a pending request. */
function startThread(data: CheckpointWorkerData): CheckpointThread {
  const worker = new Worker(new URL("./checkpoint-worker.ts", import.meta.url), { workerData: data });
  worker.unref();
  let settle: { resolve(result: CheckpointResult): void; reject(error: unknown): void } | undefined;
  let hasEnded = false;
  worker.on("message", (reply: CheckpointReply) => {
    if ("result" in reply) settle?.resolve(reply.result);
    else settle?.reject(Object.assign(new Error(reply.error.message), { code: reply.error.code }));
    worker.unref();
  });
  worker.on("error", (error) => settle?.reject(error));
  const exit = new Promise<void>((resolve) => {
    worker.on("exit", (code) => {
      hasEnded = true;
      settle?.reject(new Error(`The thread of checkpoints ended with code ${code}.`));
      resolve();
    });
  });
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        if (hasEnded) return reject(new Error("The thread of checkpoints has ended."));
        settle = { resolve, reject };
        worker.ref();
        worker.postMessage(request, []);
      }),
    hasEnded: () => hasEnded,
    async end() {
      worker.ref();
      worker.postMessage("close", []);
      await exit;
    },
  };
}
