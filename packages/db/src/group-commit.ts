import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers/promises";
import type { Database } from "better-sqlite3";
import { beginImmediate } from "./begin-immediate.ts";
import { failedSync, isFailedSync } from "./failed-sync.ts";
import { StoreError } from "./store-error.ts";

/** A group ends after so many transactions, or so much time, so that a long queue still lets the process read its sockets. */
const limits = { units: 256, milliseconds: 20 };

/** A transaction in the queue. */
interface Waiting {
  /** Runs the work inside its savepoint and keeps its outcome; throws only when SQLite rolled the whole group back. */
  run(): Promise<void>;
  /** Settles the caller's promise with that outcome, once the group is durable. */
  settle(): void;
  fail(error: unknown): void;
}

/** The value of a transaction, and what to run once it is durable. */
type Done<T> = { readonly value: T; readonly afterCommit: () => void };

export interface WriteQueue {
  /** Returns the value of `work` once it is durable. What `work` throws undoes only its own changes and is thrown. */
  add<T>(work: () => Promise<Done<T>>): Promise<T>;
  /** Runs `work` between two groups: no transaction is open meanwhile, and those that wait run after it. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Fails every transaction that is not acknowledged yet with `error`, and refuses all later ones with it. */
  refuse(error: unknown): void;
  /** Refuses new transactions and resolves when the accepted ones are settled. */
  drain(): Promise<void>;
}

export type WriteQueueOptions = {
  /** Whether transactions that wait together share a commit. */
  readonly grouped: boolean;
  /**
   * Makes everything that was committed before the call durable. Without it a commit counts as durable by itself. One call runs at
   * a time, for all groups that were committed until it started; further groups are formed and committed meanwhile. Its failure
   * refuses all further transactions.
   */
  readonly sync?: (() => Promise<void>) | undefined;
  /** Called after each commit. */
  readonly onCommit?: (() => void) | undefined;
  /** Called once, with the error that all later transactions are refused with. */
  readonly onRefusal?: ((error: unknown) => void) | undefined;
};

/**
 * The one writer of a SQLite file. Transactions that wait together run one after the other inside a single one, each in a savepoint,
 * and are acknowledged only once that is durable. Readers see a group from its commit on, so before it is acknowledged.
 */
export function createWriteQueue(writer: Database, { grouped, sync, onCommit, onRefusal }: WriteQueueOptions): WriteQueue {
  const most = grouped ? limits.units : 1;
  const statement = (text: string) => writer.prepare(text);
  const commit = statement("commit");
  const rollback = statement("rollback");
  const savepoint = { open: statement("savepoint unit"), release: statement("release unit"), undo: statement("rollback to unit") };
  const changes = writer.prepare<[], number>("select total_changes()").pluck();
  const begin = beginImmediate(writer);
  const waiting: Waiting[] = [];
  const between: (() => Promise<void>)[] = [];
  /** Committed before the sync under way started, and after it. */
  let syncing: Waiting[] = [];
  let unsynced: Waiting[] = [];
  let changesAtCommit = sync ? changes.get() : 0;
  let turns: Promise<void> | undefined;
  let syncs: Promise<void> | undefined;
  let isClosed = false;
  let refusal: { readonly error: unknown } | undefined;

  async function takeTurns(): Promise<void> {
    while (waiting.length > 0 || between.length > 0) {
      // After the sockets were read: the requests of one moment share a commit.
      await setImmediate();
      for (const work of between.splice(0)) await work();
      if (waiting.length > 0) await commitGroup();
    }
    turns = undefined;
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
      if (refusal) throw refusal.error;
      commit.run();
    } catch (cause) {
      // SQLite syncs the header of a log that it starts over.
      const error = isFailedSync(cause) ? failedSync(writer.name, cause) : cause;
      for (const unit of group.length > 0 ? group : waiting.splice(0)) unit.fail(error);
      if (error !== cause) refuse(error);
      return undo();
    }
    await acknowledge(group);
    onCommit?.();
  }

  function undo(): void {
    try {
      if (writer.inTransaction) rollback.run();
    } catch {
      // A disk that fails a ROLLBACK fails the next BEGIN too, and that one has a caller to reject.
    }
  }

  async function acknowledge(group: Waiting[]): Promise<void> {
    if (sync) {
      const changed = changes.get();
      const hasWritten = changed !== changesAtCommit;
      changesAtCommit = changed;
      // A group without changes may still have read those of groups before it.
      if (hasWritten || unsynced.length > 0) unsynced.push(...group);
      else if (syncing.length > 0) syncing.push(...group);
      else return settle(group);
      syncs ??= syncGroups(sync);
    } else await settle(group);
  }

  async function syncGroups(sync: () => Promise<void>): Promise<void> {
    try {
      while (unsynced.length > 0) {
        syncing = unsynced;
        unsynced = [];
        await sync();
        const durable = syncing;
        syncing = [];
        await settle(durable);
      }
    } catch (error) {
      refuse(error);
    }
    syncs = undefined;
  }

  /** In parts, since each one's caller goes on to write an answer. */
  async function settle(group: readonly Waiting[]): Promise<void> {
    for (const [index, unit] of group.entries()) {
      if (index > 0 && index % limits.units === 0) await setImmediate();
      unit.settle();
    }
  }

  function refuse(error: unknown): void {
    if (refusal) return;
    refusal = { error };
    for (const unit of [...syncing, ...unsynced, ...waiting.splice(0)]) unit.fail(error);
    [syncing, unsynced] = [[], []];
    onRefusal?.(error);
  }

  function refused(): unknown {
    return isClosed ? new StoreError("closed", "The store is closed.") : refusal?.error;
  }

  return {
    add<T>(work: () => Promise<Done<T>>): Promise<T> {
      const reason = refused();
      if (reason !== undefined) return Promise.reject(reason);
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
        turns ??= takeTurns();
      });
    },
    exclusively<T>(work: () => Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        between.push(() => (refusal ? Promise.reject(refusal.error) : work()).then(resolve, reject));
        turns ??= takeTurns();
      });
    },
    refuse,
    async drain() {
      isClosed = true;
      await turns;
      await syncs;
    },
  };
}
