/** What a piece of work did to the event loop of this thread. Times are milliseconds. */
export type LoopUse<T> = {
  readonly value: T;
  /** The most processor time this thread used between two turns of its event loop: nothing else was served meanwhile. */
  readonly longestTurn: number;
  /** How much slower than a quiet machine of 2025 this one ran around the work; at least 1. */
  readonly slowness: number;
};

/**
 * Runs `work` and measures the longest turn of the event loop. Processor time of this thread is measured, not the time of a clock: while
 * other programs have the processor, it does not pass. What they still cost (shared caches, half of a core) is measured by a reference
 * task before and after, which a caller multiplies its limit by.
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
    // The turn that ended the work is one, too.
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

/** What the reference task takes on a quiet machine. */
const REFERENCE = 20;

/** Processor time of a task like the application's: strings, objects, and memory to collect. */
function referenceTime(): number {
  const started = threadTime();
  for (let round = 0; round < 4; round += 1) {
    const rows = Array.from({ length: 8000 }, (_, index) => ({ id: index, name: `row ${index}`, list: [index, index + 1] }));
    const read: unknown = JSON.parse(JSON.stringify(rows));
    if (!Array.isArray(read)) throw new Error("JSON does not read what it wrote");
  }
  return threadTime() - started;
}
