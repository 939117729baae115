import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate, setTimeout as wait } from "node:timers/promises";
import type { Database } from "better-sqlite3";
import { StoreError } from "../store-error.ts";
import { failedSync, isFailedSync } from "./wal-file.ts";

/** A group ends after this many transactions or milliseconds, so that the process reads its sockets despite a long queue. */
const limits = { units: 256, milliseconds: 20 };

/** A transaction in the queue. */
interface Waiting {
  /** Runs the work inside its savepoint and stores its outcome; throws only when SQLite rolled back the whole group. */
  run(): Promise<void>;
  /** Settles the caller's promise with that outcome, once the group is durable. */
  settle(): void;
  fail(error: unknown): void;
}

/** The value of a transaction, and what to run once it is durable. */
type Done<T> = { readonly value: T; readonly afterCommit: () => void };

export interface WriteQueue {
  /** Returns the value of `work` once it is durable. If `work` throws, only its own changes are rolled back. */
  add<T>(work: () => Promise<Done<T>>): Promise<T>;
  /** Runs `work` between two groups: no transaction is open during it, and waiting ones run after it. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Rejects every transaction that is not yet acknowledged, and all later ones, with `error`. */
  refuse(error: unknown): void;
  /** Rejects new transactions and resolves when the accepted ones are settled. */
  drain(): Promise<void>;
}

export type WriteQueueOptions = {
  /** Whether waiting transactions share a commit. */
  readonly grouped: boolean;
  /**
   * Makes everything that was committed before the call durable. Without it a commit counts as durable by itself. One call runs at
   * a time, for all groups that were committed until it started; the next group runs during it. If it fails, all further
   * transactions are rejected.
   */
  readonly sync?: (() => Promise<void>) | undefined;
  /** Called after each commit. */
  readonly onCommit?: (() => void) | undefined;
  /** Called once, with the error that rejects all later transactions. */
  readonly onRefusal?: ((error: unknown) => void) | undefined;
};

/**
 * The one writer of a SQLite file. Waiting transactions run one after the other inside a single one, each in a savepoint,
 * and are acknowledged only once that is durable. Readers see a group after its commit, which is before it is acknowledged.
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
  /** Run inside the open transaction. */
  const group: Waiting[] = [];
  /** Committed before the running sync started, and after it. */
  let syncing: Waiting[] | undefined;
  let unsynced: Waiting[] = [];
  let wake = (): void => {};
  /** Whether a transaction or exclusive work is running, so that the open group cannot be committed now. */
  let isBusy = false;
  let changesAtCommit = sync ? changes.get() : 0;
  let turns: Promise<void> | undefined;
  let isClosed = false;
  let refusal: { readonly error: unknown } | undefined;

  const hasWork = (): boolean => waiting.length > 0 || between.length > 0 || syncing !== undefined;

  async function takeTurns(): Promise<void> {
    while (hasWork()) {
      if (waiting.length === 0 && between.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      // After the sockets are read, so that concurrent requests share a commit.
      await setImmediate();
      isBusy = true;
      if (between.length === 0) await runWaiting();
      if (between.length > 0 || group.length >= most) commitGroup();
      for (const work of between.splice(0)) await work();
      isBusy = false;
      advance();
    }
    turns = undefined;
  }

  /** Runs waiting transactions inside the open one, up to the limits of a group. */
  async function runWaiting(): Promise<void> {
    try {
      if (waiting.length > 0 && group.length === 0) await begin();
      const until = performance.now() + limits.milliseconds;
      do {
        const unit = waiting.shift();
        if (!unit) return;
        group.push(unit);
        await unit.run();
      } while (group.length < most && performance.now() < until);
    } catch (error) {
      fail(error);
    }
  }

  /** Commits the open group unless a sync runs, since it could not be made durable sooner; starts the next sync. */
  function advance(): void {
    if (isBusy || syncing) return;
    commitGroup();
    if (sync && unsynced.length > 0) void syncGroups(sync);
  }

  function commitGroup(): void {
    if (group.length === 0) return;
    try {
      if (refusal) throw refusal.error;
      commit.run();
    } catch (error) {
      return fail(error);
    }
    acknowledge(group.splice(0));
    onCommit?.();
  }

  /** Rejects the open group, or all waiting transactions if no group could begin. */
  function fail(cause: unknown): void {
    // SQLite syncs the header of a log that it starts over.
    const error = isFailedSync(cause) ? failedSync(writer.name, cause) : cause;
    for (const unit of group.length > 0 ? group.splice(0) : waiting.splice(0)) unit.fail(error);
    undo();
    if (error !== cause) refuse(error);
  }

  function undo(): void {
    try {
      if (writer.inTransaction) rollback.run();
    } catch {
      // A disk that fails a ROLLBACK fails the next BEGIN too, and that one has a caller to reject.
    }
  }

  function acknowledge(committed: Waiting[]): void {
    if (!sync) return void settle(committed);
    const changed = changes.get();
    const hasWritten = changed !== changesAtCommit;
    changesAtCommit = changed;
    // A group without changes may have read those of earlier groups.
    if (hasWritten || unsynced.length > 0) unsynced.push(...committed);
    else if (syncing) syncing.push(...committed);
    else void settle(committed);
  }

  async function syncGroups(sync: () => Promise<void>): Promise<void> {
    const committed = unsynced;
    [syncing, unsynced] = [committed, []];
    try {
      await sync();
    } catch (error) {
      refuse(error);
    }
    const isDurable = refusal === undefined;
    syncing = undefined;
    // The next sync starts before the callers of this group continue.
    advance();
    if (isDurable) await settle(committed);
    wake();
  }

  /** In parts, since each caller then writes a response. */
  async function settle(units: readonly Waiting[]): Promise<void> {
    for (const [index, unit] of units.entries()) {
      if (index > 0 && index % limits.units === 0) await setImmediate();
      unit.settle();
    }
  }

  function refuse(error: unknown): void {
    if (refusal) return;
    refusal = { error };
    for (const unit of [...(syncing ?? []), ...unsynced, ...waiting.splice(0)]) unit.fail(error);
    unsynced = [];
    wake();
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
        wake();
        turns ??= takeTurns();
      });
    },
    exclusively<T>(work: () => Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        between.push(() => (refusal ? Promise.reject(refusal.error) : work()).then(resolve, reject));
        wake();
        turns ??= takeTurns();
      });
    },
    refuse,
    async drain() {
      isClosed = true;
      await turns;
    },
  };
}

const patience = { milliseconds: 5_000, pause: 5 };

/**
 * `BEGIN IMMEDIATE` that waits for another process's write without blocking the thread: SQLite's own busy timeout would block
 * it. Needs `busy_timeout = 0`; throws `busy` after five seconds.
 */
export function beginImmediate(writer: Database): () => Promise<void> {
  const begin = writer.prepare("begin immediate");
  return async () => {
    const until = performance.now() + patience.milliseconds;
    for (;;) {
      try {
        begin.run();
        return;
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (performance.now() > until)
          throw new StoreError("busy", `Another process kept ${writer.name} locked for five seconds.`, { cause: error });
        await wait(patience.pause);
      }
    }
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY");
}
