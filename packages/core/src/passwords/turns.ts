import { AppError } from "../app-error.ts";

/** Runs work in turn: as much at once as there are turns. What it answers is the work's own outcome. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Lets `atOnce` works run at a time and `mostWaiting` wait, in their order; refuses any more with `unavailable`. */
export function createTurns(atOnce: number, mostWaiting: number): InTurn {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < atOnce) running += 1;
    else if (waiting.length < mostWaiting) await new Promise<void>((resolve) => waiting.push(resolve));
    else throw new AppError("unavailable", "Too many people are signing in at this moment. Try again in a few seconds.");
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // Whoever is next takes over this turn, so that nobody who comes in between can.
      if (next) next();
      else running -= 1;
    }
  };
}
