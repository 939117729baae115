import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import type { Pool, PoolClient } from "pg";
import { migratePostgres } from "./migrate-postgres.ts";
import { migrationsFolder } from "./migrations.ts";
import { createPostgresPool } from "./postgres-pool.ts";
import { namedStatements } from "./postgres-statements.ts";
import { createPostgresStore, type PostgresDatabase } from "./postgres-store.ts";
import { reportToConsole } from "./report-to-console.ts";
import type { OnError, Store } from "./store.ts";
import { isStoreError, StoreError } from "./store-error.ts";

export type PostgresOptions = {
  /** postgres://user:password@host:port/database */
  readonly url: string;
  /** Connections kept at most; 10 unless said otherwise. */
  readonly max?: number;
  readonly onError?: OnError;
};

/** Opens a PostgreSQL and brings its schema up to date. Throws a `StoreError`: `unreachable`, `newer_database`. */
export async function openPostgres({ url, max = 10, onError = reportToConsole }: PostgresOptions): Promise<Store> {
  const connections = createPostgresPool({ url, max, onError });
  try {
    await connections.lend((client) => {
      const connection = drizzle({ client });
      return migratePostgres(connection, () => migrate(connection, { migrationsFolder: migrationsFolder("postgres") }));
    });
  } catch (error) {
    await connections.close();
    if (isStoreError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError("unreachable", `PostgreSQL ${place(url)} cannot be used: ${reason}.`, { cause: error });
  }
  const databases = new WeakMap<PoolClient, PostgresDatabase>();
  const databaseOf = (client: PoolClient): PostgresDatabase => {
    const database = databases.get(client) ?? typedQueries(client);
    databases.set(client, database);
    return database;
  };
  return createPostgresStore(
    {
      read: typedQueries(connections.pool),
      transaction: (work) => connections.lend((client) => inTransaction(client, () => work(databaseOf(client)))),
      close: () => connections.close(),
    },
    onError,
  );
}

/** Drizzle's types ask for a whole connection or pool; outside of its own transactions it calls nothing of it but `query`. */
function typedQueries(connection: Pool | PoolClient): PostgresDatabase {
  return drizzle({ client: namedStatements(connection) as Pool });
}

async function inTransaction<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query("begin");
  try {
    const value = await work();
    const { command } = await client.query("commit");
    // PostgreSQL answers COMMIT with ROLLBACK, and no error, when a statement had failed and its error was caught.
    if (command !== "COMMIT") throw new StoreError("aborted", "A statement of this transaction had failed; nothing was stored.");
    return value;
  } catch (error) {
    await client.query("rollback").catch(() => {
      // The connection is gone, and the transaction with it; `error` says why.
    });
    throw error;
  }
}

/** The server and database of a connection address, without its password. */
function place(url: string): string {
  if (!URL.canParse(url)) return "at the given address";
  const { hostname, port, pathname } = new URL(url);
  return `at ${hostname || "localhost"}:${port || "5432"}${pathname}`;
}
