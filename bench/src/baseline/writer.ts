import type { Database } from "better-sqlite3";

/** Runs `work` in a transaction of its own or a shared one; the value comes once it is durable. */
export type Write = <T>(work: () => T) => Promise<T>;

/** Each piece of work has a transaction and a commit of its own, done before the next begins. */
export function writeAlone(db: Database): Write {
  const [begin, commit, rollback] = ["begin immediate", "commit", "rollback"].map((text) => db.prepare(text));
  return async (work) => {
    begin?.run();
    try {
      const value = work();
      commit?.run();
      return value;
    } catch (error) {
      rollback?.run();
      throw error;
    }
  };
}

/** How much is committed together at most, as the application has it. */
const LIMITS = { units: 256, milliseconds: 20 };

/** What waits together is committed together, each piece of work in a savepoint: the application's way, written for speed alone. */
export function writeTogether(db: Database): Write {
  const [begin, commit, open, release, undo] = ["begin immediate", "commit", "savepoint unit", "release unit", "rollback to unit"].map(
    (text) => db.prepare(text),
  );
  let waiting: (() => () => void)[] = [];

  function turn(): void {
    const settled: (() => void)[] = [];
    begin?.run();
    const until = performance.now() + LIMITS.milliseconds;
    let next = 0;
    while (next < waiting.length && next < LIMITS.units && performance.now() < until) {
      const unit = waiting[next++];
      if (unit) settled.push(unit());
    }
    waiting = waiting.slice(next);
    commit?.run();
    for (const settle of settled) settle();
    if (waiting.length > 0) setImmediate(turn);
  }

  return <T>(work: () => T) =>
    new Promise<T>((resolve, reject) => {
      waiting.push(() => {
        open?.run();
        try {
          const value = work();
          release?.run();
          return () => resolve(value);
        } catch (error) {
          undo?.run();
          release?.run();
          return () => reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      if (waiting.length === 1) setImmediate(turn);
    });
}
