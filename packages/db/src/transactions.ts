import { AsyncLocalStorage } from "node:async_hooks";
import { StoreError } from "./store-error.ts";
import type { Dialect, OnError, Reader, Tx } from "./store.ts";
import type { Schema } from "./tables/schema.ts";

/** The state of one transaction. */
interface ActiveTransaction {
  readonly owner: object;
  over: boolean;
  readonly afterCommit: (() => void)[];
}

/** Tracks in which transaction of a store the running code is. */
interface TransactionTracker {
  /** Throws inside a transaction: the inner one would wait forever for the outer one to end. */
  refuseNesting(): void;
  /** Throws unless the caller is inside the open transaction with the handle `owner`. */
  current(owner: object): ActiveTransaction;
  /** Runs `work` as one transaction, whose handle is `owner`. Returns its value and its after-commit work, to be run after the commit. */
  run<T>(owner: object, work: () => Promise<T>): Promise<{ value: T; afterCommit: () => void }>;
}

export function createTransactionTracker(onError: OnError): TransactionTracker {
  const running = new AsyncLocalStorage<ActiveTransaction>();
  return {
    refuseNesting() {
      if (running.getStore()?.over === false) {
        throw new StoreError(
          "nested_transaction",
          "transaction() was called inside a transaction. Pass the open transaction on, or use afterCommit().",
        );
      }
    },
    current(owner) {
      const unit = running.getStore();
      if (unit?.owner === owner && !unit.over) return unit;
      throw new StoreError(
        "transaction_over",
        "A transaction was used outside of its work. Await everything inside transaction(), and keep no reference to it.",
      );
    },
    async run(owner, work) {
      const unit: ActiveTransaction = { owner, over: false, afterCommit: [] };
      try {
        const value = await running.run(unit, work);
        return { value, afterCommit: () => runAll(unit.afterCommit, onError) };
      } finally {
        unit.over = true;
      }
    },
  };
}

function runAll(works: readonly (() => unknown)[], onError: OnError): void {
  const report = (error: unknown): void => {
    try {
      onError(error, "after-commit work");
    } catch {
      // The transaction is committed and its caller notified; an error of the reporter cannot be reported.
    }
  };
  for (const work of works) {
    try {
      const result = work();
      if (result instanceof Promise) result.catch(report);
    } catch (error) {
      report(error);
    }
  }
}

type Origin = { readonly dialect: Dialect; readonly tables: Schema };

/** The part of a Drizzle database that both dialects share, for reading. Created once per connection. */
export function readerOf(database: object, origin: Origin): Reader {
  return asReader({ ...origin, ...pick(database, reading, (method) => method) });
}

/** As `readerOf`, also for writing; each use checks that it is inside its own transaction. */
export function txOf(database: object, origin: Origin, units: TransactionTracker, tryLock: Tx["tryLock"]): Tx {
  const whileOpen =
    (method: Method): Method =>
    (...args) => {
      units.current(tx);
      return method(...args);
    };
  const tx: Tx = asTx({
    ...origin,
    ...pick(database, [...reading, "insert", "update", "delete"], whileOpen),
    afterCommit: (work: () => void) => void units.current(tx).afterCommit.push(work),
    tryLock: whileOpen((key) => tryLock(String(key))),
  });
  openChecks.set(tx, () => void units.current(tx));
  return tx;
}

/** Throws when `db` is a transaction that has ended. For prepared statements, which do not call its methods. */
export function assertOpen(db: Reader): void {
  openChecks.get(db)?.();
}

const openChecks = new WeakMap<Reader, () => void>();

const reading = ["select", "selectDistinct", "$with", "with", "$count"] as const;

/** Drizzle types a database by its dialect; all code uses SQLite's types, and the store suite tests that PostgreSQL behaves the same. */
const asReader = (facade: object): Reader => facade as Reader;

const asTx = (facade: object): Tx => facade as Tx;

type Method = (...args: readonly unknown[]) => unknown;

function pick(database: object, names: readonly (keyof Tx)[], wrap: (method: Method) => Method): Record<string, Method> {
  return Object.fromEntries(names.map((name) => [name, wrap(methodOf(database, name))]));
}

function methodOf(database: object, name: string): Method {
  const method: unknown = Reflect.get(database, name);
  if (typeof method !== "function") throw new TypeError(`Drizzle's database has no method ${name}`);
  return method.bind(database);
}
