import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { errorCodes, StoreError } from "../store-error.ts";
import type { OnError, Store, Tx } from "../store.ts";
import { tables } from "../tables/schema.postgres.ts";
import { createTransactionTracker, readerOf, txOf } from "../transactions.ts";

export type PostgresDatabase = PgDatabase<PgQueryResultHKT>;

/** The connections to a PostgreSQL: a pool for a server, or one inside this process. */
export interface PostgresSource {
  /** Queries outside of transactions, on any free connection. */
  readonly read: PostgresDatabase;
  /** Runs `work` between BEGIN and COMMIT on one connection, the same object each time that connection is used. */
  transaction<T>(work: (connection: PostgresDatabase) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The maximum number of attempts for a transaction that lost against another one, with random pauses so that they do not collide again. */
const mostAttempts = 5;

const longestPause = 20;

/** How long open transactions may take when the store is closed, in milliseconds; those that wait for a silent server would take longer. */
const longestClosing = 1_000;

const lostAgainstAnother = new Set(["40001", "40P01"]);

/** The store on a PostgreSQL whose schema is up to date. */
export function createPostgresStore(source: PostgresSource, onError: OnError, closing = longestClosing): Store {
  const origin = { dialect: "postgres", tables } as const;
  const units = createTransactionTracker(onError);
  const facades = new WeakMap<PostgresDatabase, Tx>();
  const open = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  function txOn(connection: PostgresDatabase): Tx {
    const existing = facades.get(connection);
    if (existing) return existing;
    const tx = txOf(connection, origin, units, (key) => tryLock(connection, key));
    facades.set(connection, tx);
    return tx;
  }

  async function attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const { value, afterCommit } = await source.transaction((connection) => {
      const tx = txOn(connection);
      return units.run(tx, () => work(tx));
    });
    afterCommit();
    return value;
  }

  async function attempts<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let left = mostAttempts - 1; ; left--) {
      try {
        return await attempt(work);
      } catch (error) {
        if (left === 0 || !errorCodes(error).some((code) => lostAgainstAnother.has(code))) throw error;
        await wait(Math.random() * longestPause);
      }
    }
  }

  return {
    dialect: origin.dialect,
    read: readerOf(source.read, origin),
    async transaction(work) {
      if (closed) throw new StoreError("closed", "The store is closed.");
      units.refuseNesting();
      const outcome = attempts(work);
      open.add(outcome);
      try {
        return await outcome;
      } finally {
        open.delete(outcome);
      }
    },
    async ping() {
      await source.read.execute(sql`select 1`);
    },
    async checkWritable() {
      if (closed) throw new StoreError("closed", "The store is closed.");
      const written = await source.transaction((connection) => connection.select({ position: writeMessage }).from(sql`(select 1) as one`));
      if (written[0]?.position === null) throw new StoreError("read_only", "PostgreSQL accepts no writes at the moment.");
    },
    // A closing pool drops callers that wait for a connection, so it is closed when there are none.
    close: () => (closed ??= Promise.race([Promise.allSettled(open), wait(closing, undefined, { ref: false })]).then(() => source.close())),
  };
}

/** Writes to the log of the database, and to no table; the message is never read. Null if the database is read-only. */
const writeMessage = sql<string | null>`case when current_setting('transaction_read_only') = 'off'
  then pg_logical_emit_message(true, 'landfall', '')::text end`;

async function tryLock(connection: PostgresDatabase, key: string): Promise<boolean> {
  const [row] = await connection
    .select({ locked: sql<boolean>`pg_try_advisory_xact_lock(hashtextextended(${key}, 0))` })
    .from(sql`(select 1) as one`);
  return row?.locked === true;
}
