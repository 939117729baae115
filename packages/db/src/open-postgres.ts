import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Pool, type PoolClient } from "pg";
import { migratePostgres } from "./migrate-postgres.ts";
import { migrationsFolder } from "./migrations.ts";
import { createPostgresStore, type PostgresDatabase } from "./postgres-store.ts";
import { reportToConsole } from "./report-to-console.ts";
import type { OnError, Store } from "./store.ts";
import { isStoreError, StoreError } from "./store-error.ts";

export type PostgresOptions = {
  /** postgres://user:password@host:port/database */
  readonly url: string;
  /** Connections kept at most. */
  readonly max?: number;
  readonly onError?: OnError;
};

/** Timestamps are read as UTC; a process that dies inside a transaction must not hold its locks for long. */
const session = "set timezone = 'UTC'; set idle_in_transaction_session_timeout = '60s'";

/** Opens a PostgreSQL and brings its schema up to date. Throws a `StoreError`: `unreachable`, `newer_database`. */
export async function openPostgres({ url, max = 10, onError = reportToConsole }: PostgresOptions): Promise<Store> {
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 10_000,
    application_name: "landfall",
    onConnect: async (client) => void (await client.query(session)),
  });
  pool.on("error", (error) => onError(error, "an idle PostgreSQL connection"));
  try {
    await withClient(pool, (client) => {
      const connection = drizzle({ client });
      return migratePostgres(connection, () => migrate(connection, { migrationsFolder: migrationsFolder("postgres") }));
    });
  } catch (error) {
    await pool.end();
    if (isStoreError(error)) throw error;
    throw new StoreError("unreachable", `PostgreSQL ${place(url)} cannot be used: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
  const databases = new WeakMap<PoolClient, PostgresDatabase>();
  const databaseOf = (client: PoolClient): PostgresDatabase => {
    const known = databases.get(client) ?? drizzle({ client });
    databases.set(client, known);
    return known;
  };
  return createPostgresStore(
    {
      read: drizzle({ client: pool }),
      transaction: (work) => withClient(pool, (client) => inTransaction(client, () => work(databaseOf(client)))),
      close: () => pool.end(),
    },
    onError,
  );
}

/** Lends a connection to `work`; one that can no longer be used is closed rather than given back. */
async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const breaks = (error: Error) => {
    broken = error;
  };
  client.on("error", breaks);
  try {
    return await work(client);
  } finally {
    client.off("error", breaks);
    client.release(broken);
  }
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
