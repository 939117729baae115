import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import type { WithSubquery } from "drizzle-orm/subquery";
import { StoreError } from "./store-error.ts";
import type { Schema } from "./tables/schema.ts";

export type Dialect = "sqlite" | "postgres";

/** Drizzle's typed query builders, in SQLite's types: `postgres-store.ts` proves in its tests that PostgreSQL answers the same. */
export type QueryBuilders = BaseSQLiteDatabase<"async", unknown, Schema>;

/** What may read. Only what both dialects share: no `.get()`, `.all()`, `.run()`, no raw statements, no relational queries. */
export interface Reader extends Pick<QueryBuilders, "select" | "selectDistinct" | "$with" | "$count"> {
  readonly dialect: Dialect;
  readonly tables: Schema;
  with(...queries: WithSubquery[]): Pick<ReturnType<QueryBuilders["with"]>, "select" | "selectDistinct">;
}

/** One transaction. It ends when the promise of its work settles; using it later throws `transaction_over`. */
export interface Tx extends Reader, Pick<QueryBuilders, "insert" | "update" | "delete"> {
  /** Runs `work` once this transaction is committed, and never if it is not. What it throws goes to the store's `onError`. */
  afterCommit(work: () => void): void;
  /**
   * Takes the lock named `key` until this transaction ends; false when another transaction holds it. In SQLite transactions run one
   * after the other, so nobody else can hold it and the answer is always true.
   */
  tryLock(key: string): Promise<boolean>;
}

export interface Store {
  readonly dialect: Dialect;
  /** For reads outside a transaction; sees what is committed. */
  readonly read: Reader;
  /**
   * Runs `work` in one transaction and answers its value once that is committed; what `work` throws rolls back and is thrown.
   * `work` awaits nothing but `tx`. It may run more than once in PostgreSQL (a deadlock is retried), so it changes nothing outside.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Whether the database answers; throws when it does not. */
  ping(): Promise<void>;
  /** Proves with a real write, which changes nothing, that the database can store one; throws when it cannot. */
  checkWritable(): Promise<void>;
  /** Lets started transactions finish, with PostgreSQL for a moment only; refuses new ones, and closes. May be called twice. */
  close(): Promise<void>;
}

/** What goes wrong where nobody waits for an answer: in after-commit work, on an idle connection. */
export type OnError = (error: unknown, during: string) => void;

/** A store whose transactions throw `read_only`. */
export const readOnly = (store: Omit<Store, "transaction" | "checkWritable">): Store => ({
  ...store,
  transaction: () => Promise.reject(readOnlyError()),
  checkWritable: () => Promise.reject(readOnlyError()),
});

const readOnlyError = () => new StoreError("read_only", "The database was opened for reading only.");

/** Where errors nobody waits for go when the store was given no `onError`. */
export const reportToConsole: OnError = (error, during) => console.error(`Error in ${during}:`, error);
