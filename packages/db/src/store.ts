import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import type { WithSubquery } from "drizzle-orm/subquery";
import { StoreError } from "./store-error.ts";
import type { Schema } from "./tables/schema.ts";

export type Dialect = "sqlite" | "postgres";

/** Drizzle's typed query builders, in SQLite's types: the store suite tests that PostgreSQL behaves the same. */
export type QueryBuilders = BaseSQLiteDatabase<"async", unknown, Schema>;

/** Reads the database. Only what both dialects share: no `.get()`, `.all()`, `.run()`, no raw statements, no relational queries. */
export interface Reader extends Pick<QueryBuilders, "select" | "selectDistinct" | "$with" | "$count"> {
  readonly dialect: Dialect;
  readonly tables: Schema;
  with(...queries: WithSubquery[]): Pick<ReturnType<QueryBuilders["with"]>, "select" | "selectDistinct">;
}

/** One transaction. It ends when the promise of its work settles; using it later throws `transaction_over`. */
export interface Tx extends Reader, Pick<QueryBuilders, "insert" | "update" | "delete"> {
  /** Runs `work` once this transaction is committed, and never if it is not. Errors are passed to the store's `onError`. */
  afterCommit(work: () => void): void;
  /**
   * Takes the lock named `key` until this transaction ends; false when another transaction holds it. In SQLite transactions run one
   * after the other, so the result is always true.
   */
  tryLock(key: string): Promise<boolean>;
}

export interface Store {
  readonly dialect: Dialect;
  /** For reads outside a transaction; sees committed data only. */
  readonly read: Reader;
  /**
   * Runs `work` in one transaction and returns its value after the commit; if `work` throws, the transaction is rolled back.
   * `work` awaits nothing but `tx`. It may run more than once in PostgreSQL (a deadlock is retried), so it changes nothing outside.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Throws when the database does not respond. */
  ping(): Promise<void>;
  /** Tests with a write that changes nothing that the database can store data; throws when it cannot. */
  checkWritable(): Promise<void>;
  /** Waits for started transactions, with PostgreSQL for a limited time; rejects new ones, and closes. May be called twice. */
  close(): Promise<void>;
}

/** Receives errors that have no caller: in after-commit work, on an idle connection. */
export type OnError = (error: unknown, during: string) => void;

/** A store whose transactions throw `read_only`. */
export const readOnly = (store: Omit<Store, "transaction" | "checkWritable">): Store => ({
  ...store,
  transaction: () => Promise.reject(readOnlyError()),
  checkWritable: () => Promise.reject(readOnlyError()),
});

const readOnlyError = () => new StoreError("read_only", "The database was opened for reading only.");

/** The default `onError`. */
export const reportToConsole: OnError = (error, during) => console.error(`Error in ${during}:`, error);
