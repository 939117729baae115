/** The clock and timers of the process, which tests replace. */
export interface Timers {
  /** Milliseconds since an arbitrary moment. */
  now(): number;
  /** Runs `work` after so many milliseconds. Returns the function that cancels it. */
  later(work: () => void, milliseconds: number): () => void;
}

/** The real clock and timers. */
export const timers: Timers = {
  now: () => performance.now(),
  later(work, milliseconds) {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
};
