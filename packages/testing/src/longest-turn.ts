/** The effect of some work on the event loop of this thread. Times are in milliseconds. */
export type LoopUse<T> = {
  readonly value: T;
  /** The maximum CPU time that this thread used between two turns of its event loop, during which nothing else ran. */
  readonly longestTurn: number;
  /** How much slower this machine was during the work than an idle machine of 2025; at least 1. */
  readonly slowness: number;
};

/**
 * Runs `work` and measures the longest turn of the event loop, in CPU time of this thread rather than wall-clock time: it does not
 * increase while other programs have the CPU. Their remaining effect (shared caches, half of a core) is measured by a reference
 * task before and after, by which callers multiply their limits.
 */
export async function longestTurn<T>(work: () => Promise<T>): Promise<LoopUse<T>> {
  const before = referenceTime();
  let longest = 0;
  let isRunning = true;
  let last = threadTime();
  const watch = (): void => {
    const now = threadTime();
    longest = Math.max(longest, now - last);
    last = now;
    if (isRunning) setImmediate(watch);
  };
  setImmediate(watch);
  try {
    const value = await work();
    // The last turn, which ended the work.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    return { value, longestTurn: longest, slowness: Math.max(1, (before + referenceTime()) / 2 / REFERENCE) };
  } finally {
    isRunning = false;
  }
}

function threadTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** The time of the reference task on an idle machine. */
const REFERENCE = 20;

/** The CPU time of a task similar to the application's: strings, objects, and garbage collection. */
function referenceTime(): number {
  const started = threadTime();
  for (let round = 0; round < 4; round += 1) {
    const rows = Array.from({ length: 8000 }, (_, index) => ({ id: index, name: `row ${index}`, list: [index, index + 1] }));
    const read: unknown = JSON.parse(JSON.stringify(rows));
    if (!Array.isArray(read)) throw new Error("JSON.parse did not return the written array");
  }
  return threadTime() - started;
}
