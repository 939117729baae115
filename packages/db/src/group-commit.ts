import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers";
import type { Database } from "better-sqlite3";
import { beginImmediate } from "./begin-immediate.ts";
import { StoreError } from "./store-error.ts";

/** A group ends after so many transactions, or so much time, so that a long queue still lets the process read its sockets. */
const limits = { units: 256, milliseconds: 20 };

/** A transaction in the queue. */
interface Waiting {
  /** Runs the work inside its savepoint and remembers how it went; throws only when SQLite gave the whole group up. */
  run(): Promise<void>;
  /** Tells the caller how it went, after COMMIT. */
  settle(): void;
  fail(error: unknown): void;
}

/** What a transaction came to, and what is to be done once that is durable. */
type Done<T> = { readonly value: T; readonly afterCommit: () => void };

export interface WriteQueue {
  /** Answers the value of `work` once it is durable; what it throws undoes only what it did itself. */
  add<T>(work: () => Promise<Done<T>>): Promise<T>;
  /** Refuses new work and answers when what was accepted is done. */
  drain(): Promise<void>;
}

/**
 * The one writer of a SQLite file. Whatever waits is run one after the other inside a single transaction, each in a savepoint, and
 * told of its success only after the COMMIT, whose one fsync all of them share. Not `grouped`, each has a COMMIT of its own.
 */
export function createWriteQueue(writer: Database, { grouped }: { grouped: boolean }): WriteQueue {
  const most = grouped ? limits.units : 1;
  const statement = (text: string) => writer.prepare(text);
  const commit = statement("commit");
  const rollback = statement("rollback");
  const savepoint = { open: statement("savepoint unit"), release: statement("release unit"), undo: statement("rollback to unit") };
  const begin = beginImmediate(writer);
  const waiting: Waiting[] = [];
  let turn: Promise<void> | undefined;
  let closed = false;

  async function takeTurns(): Promise<void> {
    while (waiting.length > 0) {
      // After the sockets were read: the requests of one moment share a commit.
      await new Promise<void>((resolve) => setImmediate(resolve));
      await commitGroup();
    }
    turn = undefined;
  }

  async function commitGroup(): Promise<void> {
    const group: Waiting[] = [];
    try {
      await begin();
      const until = performance.now() + limits.milliseconds;
      do {
        const unit = waiting.shift();
        if (!unit) break;
        group.push(unit);
        await unit.run();
      } while (group.length < most && performance.now() < until);
      commit.run();
    } catch (error) {
      for (const unit of group.length > 0 ? group : waiting.splice(0)) unit.fail(error);
      return undo();
    }
    for (const unit of group) unit.settle();
  }

  function undo(): void {
    try {
      if (writer.inTransaction) rollback.run();
    } catch {
      // A disk that fails a ROLLBACK fails the next BEGIN too, and that one has a caller to tell.
    }
  }

  return {
    add<T>(work: () => Promise<Done<T>>): Promise<T> {
      if (closed) return Promise.reject(new StoreError("closed", "The store is closed."));
      const inCaller = AsyncLocalStorage.snapshot();
      return new Promise<T>((resolve, reject) => {
        let settle = (): void => {};
        waiting.push({
          async run() {
            savepoint.open.run();
            try {
              const { value, afterCommit } = await inCaller(work);
              savepoint.release.run();
              settle = () => {
                resolve(value);
                inCaller(afterCommit);
              };
            } catch (error) {
              if (!writer.inTransaction) throw error;
              savepoint.undo.run();
              savepoint.release.run();
              settle = () => reject(error);
            }
          },
          settle: () => settle(),
          fail: reject,
        });
        turn ??= takeTurns();
      });
    },
    async drain() {
      closed = true;
      await turn;
    },
  };
}
