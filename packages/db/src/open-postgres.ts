import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import type { Pool, PoolClient } from "pg";
import { assertCurrentPostgres, migratePostgres } from "./migrate-postgres.ts";
import { migrationsFolder } from "./migrations.ts";
import { createPostgresPool, inTransaction, MIGRATION_TIMEOUTS, postgresFailure, type PostgresTimeouts, SERVING_TIMEOUTS } from "./postgres-pool.ts";
import { namedStatements, type Queryable } from "./postgres-statements.ts";
import { createPostgresStore, type PostgresDatabase } from "./postgres-store.ts";
import { readOnly } from "./read-only-store.ts";
import { reportToConsole } from "./report-to-console.ts";
import type { OnError, Store } from "./store.ts";
import { isStoreError, StoreError } from "./store-error.ts";

export type PostgresOptions = {
  /** postgres://user:password@host:port/database */
  readonly url: string;
  /** Connections kept at most; 10 unless said otherwise. */
  readonly max?: number;
  readonly onError?: OnError;
  /** How long PostgreSQL is waited for; tests wait less. */
  readonly patience?: PostgresTimeouts;
  /** For commands that only read: throw `older_database` in place of changing the schema, and `read_only` in transactions. */
  readonly readsOnly?: boolean;
};

/** Opens a PostgreSQL and brings its schema up to date. Throws a `StoreError`: `unreachable`, `newer_database`. */
export async function openPostgres(options: PostgresOptions): Promise<Store> {
  const { url, max = 10, onError = reportToConsole, patience = SERVING_TIMEOUTS, readsOnly = false } = options;
  await bringUpToDate(url, onError, readsOnly);
  const connections = createPostgresPool({ url, max, onError, patience });
  const databases = new WeakMap<PoolClient, PostgresDatabase>();
  const databaseOf = (client: PoolClient): PostgresDatabase => {
    const database = databases.get(client) ?? typedQueries(withStoreErrors(client));
    databases.set(client, database);
    return database;
  };
  const store = createPostgresStore(
    {
      read: typedQueries({ query: (config, values) => connections.lend((client) => withStoreErrors(client).query(config, values)) }),
      transaction: (work) => connections.lend((client) => inTransaction(client, patience, () => work(databaseOf(client)))),
      close: () => connections.close(),
    },
    onError,
    patience.closing,
  );
  return readsOnly ? readOnly(store) : store;
}

/** Migrates the schema, or only compares it, on a connection of its own, on which statements may take as long as they need. */
async function bringUpToDate(url: string, onError: OnError, readsOnly: boolean): Promise<void> {
  const connections = createPostgresPool({ url, max: 1, onError, patience: MIGRATION_TIMEOUTS });
  try {
    await connections.lend((client) => {
      const connection = drizzle({ client });
      if (readsOnly) return assertCurrentPostgres(connection);
      return migratePostgres(connection, () => migrate(connection, { migrationsFolder: migrationsFolder("postgres") }));
    });
  } catch (error) {
    if (isStoreError(error) && (error.code === "newer_database" || error.code === "older_database")) throw error;
    throw new StoreError("unreachable", `PostgreSQL ${describeServer(url)} cannot be used: ${reasonOf(error)}.`, { cause: error });
  } finally {
    await connections.close();
  }
}

/** The driver's own words. */
const reasonOf = (error: unknown): string => {
  const reason = isStoreError(error) && error.cause !== undefined ? error.cause : error;
  return reason instanceof Error ? reason.message : String(reason);
};

/** Drizzle's types ask for a whole connection or pool; outside of its own transactions it calls nothing of it but `query`. */
function typedQueries(connection: Queryable): PostgresDatabase {
  return drizzle({ client: namedStatements(connection) as Pool });
}

/** Turns what pg throws about a connection into a `StoreError`. */
const withStoreErrors = (connection: Queryable): Queryable => ({
  query: (config, values) =>
    connection.query(config, values).catch((error: unknown) => {
      throw postgresFailure(error);
    }),
});

/** The server and database of a connection address, without its password. */
function describeServer(url: string): string {
  if (!URL.canParse(url)) return "at the given address";
  const { hostname, port, pathname } = new URL(url);
  return `at ${hostname || "localhost"}:${port || "5432"}${pathname}`;
}
