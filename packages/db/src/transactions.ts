import { AsyncLocalStorage } from "node:async_hooks";
import { StoreError } from "./store-error.ts";
import type { Dialect, OnError, Reader, Tx } from "./store.ts";
import type { Schema } from "./tables/schema.ts";

/** One transaction's life, as the code inside it sees it. */
interface ActiveTransaction {
  readonly owner: object;
  over: boolean;
  readonly afterCommit: (() => void)[];
}

/** Knows in which transaction of one store the running code is. */
interface TransactionTracker {
  /** Throws when the caller is inside a transaction already: the inner one would wait for the outer one to end, forever. */
  refuseNesting(): void;
  /** Throws unless the caller is inside the transaction of `owner`, its handle, and that is still open. */
  current(owner: object): ActiveTransaction;
  /** Runs `work` as one transaction, whose handle is `owner`. Its after-commit work is answered with its value, to be run once that is committed. */
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
      // The transaction is committed, whoever waits for it is told so, and a reporter that fails has nobody to report to.
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

/** Made once per connection: the shared part of a Drizzle database of either dialect, for reading. */
export function readerOf(database: object, origin: Origin): Reader {
  return asReader({ ...origin, ...pick(database, reading, (method) => method) });
}

/** As `readerOf`, for writing too; every use checks that it happens inside the transaction it belongs to. */
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

/** Throws when `db` is a transaction that is over. For statements made earlier, which no longer pass through its methods. */
export function assertOpen(db: Reader): void {
  openChecks.get(db)?.();
}

const openChecks = new WeakMap<Reader, () => void>();

const reading = ["select", "selectDistinct", "$with", "with", "$count"] as const;

/** Drizzle types a database by its dialect; all code sees SQLite's types, and the store suite proves that PostgreSQL behaves the same. */
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
