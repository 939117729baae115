import { createHash } from "node:crypto";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import type { Pool, PoolClient, QueryArrayConfig, QueryConfig, QueryResult } from "pg";
import { migrationsFolder } from "../migrations.ts";
import { isStoreError, StoreError } from "../store-error.ts";
import { type OnError, readOnly, reportToConsole, type Store } from "../store.ts";
import { assertCurrentPostgres, migratePostgres } from "./migrate.ts";
import { createPostgresPool, inTransaction, MIGRATION_TIMEOUTS, postgresFailure, type PostgresTimeouts, SERVING_TIMEOUTS } from "./pool.ts";
import { createPostgresStore, type PostgresDatabase } from "./store.ts";

export type PostgresOptions = {
  /** postgres://user:password@host:port/database */
  readonly url: string;
  /** The maximum number of connections; 10 by default. */
  readonly max?: number;
  readonly onError?: OnError;
  /** The timeouts of PostgreSQL; shorter in tests. */
  readonly patience?: PostgresTimeouts;
  /** For commands that only read: throw `older_database` instead of changing the schema, and `read_only` in transactions. */
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

/** Migrates the schema, or only compares it, on a separate connection without a statement timeout. */
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

/** The driver's own message. */
const reasonOf = (error: unknown): string => {
  const reason = isStoreError(error) && error.cause !== undefined ? error.cause : error;
  return reason instanceof Error ? reason.message : String(reason);
};

/** A cast: Drizzle's types require a whole connection or pool, but outside of its own transactions it only calls `query`. */
function typedQueries(connection: Queryable): PostgresDatabase {
  return drizzle({ client: namedStatements(connection) as Pool });
}

/** Converts connection errors of pg into a `StoreError`. */
const withStoreErrors = (connection: Queryable): Queryable => ({
  query: (config, values) =>
    connection.query(config, values).catch((error: unknown) => {
      throw postgresFailure(error);
    }),
});

/** The server and database of a connection URL, without its password. */
function describeServer(url: string): string {
  if (!URL.canParse(url)) return "at the configured URL";
  const { hostname, port, pathname } = new URL(url);
  return `at ${hostname || "localhost"}:${port || "5432"}${pathname}`;
}

/** The part of a connection or pool that Drizzle calls. */
interface Queryable {
  query(config: QueryConfig | QueryArrayConfig, values: unknown[]): Promise<QueryResult>;
}

/**
 * Names statements that Drizzle runs repeatedly, so that each connection keeps them parsed and planned: a lookup with joins
 * is then four times as fast. Drizzle passes the same object each time it runs a prepared statement and a new one for every
 * other query, so there are never more names than prepared statements in the code.
 */
export function namedStatements(connection: Queryable): Queryable {
  const seen = new WeakSet<object>();
  const names = new WeakMap<object, string>();
  return {
    query(config, values) {
      if (!seen.has(config)) {
        seen.add(config);
        return connection.query(config, values);
      }
      const name = names.get(config) ?? nameOf(config.text);
      names.set(config, name);
      return connection.query({ ...config, name }, values);
    },
  };
}

/** The same for the same text, since a connection is used through several of these objects. */
function nameOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
