import type { Database } from "better-sqlite3";

/** Runs `work` in a separate or shared transaction. Resolves when it is durable. */
export type Write = <T>(work: () => T) => Promise<T>;

/** Runs each piece of work in a separate transaction. */
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

/** The limits of a group, as in the application. */
const LIMITS = { units: 256, milliseconds: 20 };

/** Commits waiting work as a group, each piece in a savepoint: like the application, optimized only for speed. */
export function writeTogether(db: Database): Write {
  const [begin, commit, open, release, undo] = ["begin immediate", "commit", "savepoint unit", "release unit", "rollback to unit"].map(
    (text) => db.prepare(text),
  );
  let waiting: (() => () => void)[] = [];

  function commitGroup(): void {
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
    if (waiting.length > 0) setImmediate(commitGroup);
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
      if (waiting.length === 1) setImmediate(commitGroup);
    });
}
