/** Time as it passes, for what waits; tests have their own. */
export interface Timers {
  /** Milliseconds since some moment. */
  now(): number;
  /** Runs `work` after so many milliseconds, unless the function it answers is called before. */
  later(work: () => void, milliseconds: number): () => void;
}

/** The process' own. */
export const timers: Timers = {
  now: () => performance.now(),
  later(work, milliseconds) {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
};
