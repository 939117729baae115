import { Pool, type PoolClient, type QueryConfig, type QueryResult } from "pg";
import { storageFailureOf } from "../storage-failure.ts";
import { errorCodes, StoreError } from "../store-error.ts";
import type { OnError } from "../store.ts";

/** Connections to one PostgreSQL server. */
export interface PostgresPool {
  readonly pool: Pool;
  /**
   * Runs `work` with a connection. A lost connection is closed, and so are all older ones. `work` then runs once more on a new one,
   * unless it may have committed or timed out. Throws `busy` when no connection is free in time, `unreachable`
   * when none can be made.
   */
  lend<T>(work: (client: PoolClient) => Promise<T>): Promise<T>;
  /** Closes every connection; those still in use after a timeout are terminated. */
  close(): Promise<void>;
}

/** Timeouts in milliseconds. */
export type PostgresTimeouts = {
  /** For a free connection, and for a new one to be accepted. */
  readonly connecting: number;
  /** For one statement; PostgreSQL cancels it then. 0 for no limit, as for all that follow. */
  readonly statement: number;
  /** For a lock that another transaction holds. */
  readonly lock: number;
  /** For the response to a statement: longer than `statement`, for a network that drops packets silently. */
  readonly silence: number;
  /** For the response to BEGIN, which is fast, so that a silent connection is detected early. */
  readonly begin: number;
  /** For connections in use when the pool is closed. */
  readonly closing: number;
};

export const SERVING_TIMEOUTS: PostgresTimeouts = {
  connecting: 5_000,
  statement: 60_000,
  lock: 10_000,
  silence: 65_000,
  begin: 5_000,
  closing: 1_000,
};

/** For migrations, which rewrite tables and wait for each other. */
export const MIGRATION_TIMEOUTS: PostgresTimeouts = { ...SERVING_TIMEOUTS, connecting: 10_000, statement: 0, lock: 0, silence: 0 };

/** Milliseconds without traffic after which a connection is probed; the system closes it ten seconds later if there is no response. */
const KEEP_ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 };

export type PostgresPoolOptions = {
  readonly url: string;
  /** The maximum number of connections; they are opened when needed. */
  readonly max: number;
  readonly onError: OnError;
  readonly patience?: PostgresTimeouts;
};

export function createPostgresPool({ url, max, onError, patience = SERVING_TIMEOUTS }: PostgresPoolOptions): PostgresPool {
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: patience.connecting,
    query_timeout: patience.silence,
    application_name: "landfall",
    ...KEEP_ALIVE,
    onConnect: async (client) => void (await client.query(withTimeout(patience.begin, sessionOf(patience)))),
  });
  const connected = new Set<PoolClient>();
  // A lost connection is often the first of many, so all older ones are replaced.
  const generations = new WeakMap<PoolClient, number>();
  let generation = 0;
  pool.on("connect", (client) => {
    connected.add(client);
    generations.set(client, generation);
    // A connection that breaks while it is being closed has no other listener, and would end the process.
    client.on("error", () => {});
  });
  pool.on("remove", (client) => connected.delete(client));
  // Without a listener a connection that breaks while idle would end the process.
  pool.on("error", (error) => onError(postgresFailure(error), "an idle PostgreSQL connection"));

  async function connect(): Promise<PoolClient> {
    for (;;) {
      const client = await pool.connect().catch((error: unknown) => {
        throw connectFailure(error);
      });
      if (generations.get(client) === generation) return client;
      client.release(true);
    }
  }

  async function use<T>(client: PoolClient, work: (client: PoolClient) => Promise<T>): Promise<T> {
    let lost: Error | undefined;
    const onLost = (error: Error): void => {
      lost = error;
    };
    client.on("error", onLost);
    try {
      return await work(client);
    } catch (error) {
      if (isLost(error)) lost ??= new Error("lost", { cause: error });
      throw error;
    } finally {
      client.off("error", onLost);
      if (lost && generations.get(client) === generation) generation += 1;
      client.release(lost);
    }
  }

  return {
    pool,
    async lend(work) {
      const client = await connect();
      try {
        return await use(client, work);
      } catch (error) {
        if (!isRepeatable(error)) throw error;
      }
      return use(await connect(), work);
    },
    async close() {
      const ended = pool.end();
      const inTime = (wait: number) =>
        new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, wait);
          void Promise.all([ended, ...Array.from(connected, connectionEnded)]).then(() => {
            clearTimeout(timer);
            resolve();
          });
        });
      await inTime(patience.closing);
      for (const client of connected) void client.end();
      await inTime(patience.closing);
    },
  };
}

const connectionEnded = (client: PoolClient): Promise<void> => new Promise((resolve) => void client.once("end", () => resolve()));

/** Timestamps are read as UTC; the locks of a process that ends inside a transaction are released soon. */
const sessionOf = ({ statement, lock }: PostgresTimeouts): string =>
  `set timezone = 'UTC'; set idle_in_transaction_session_timeout = '60s'; set statement_timeout = ${statement}; set lock_timeout = ${lock}`;

/** Whether the connection is unusable. */
const isLost = (error: unknown): boolean => {
  const failure = storageFailureOf(error);
  return failure === "database_unreachable" || failure === "outcome_unknown";
};

/** PostgreSQL rolls back a transaction whose connection ends before its COMMIT. */
const isRepeatable = (error: unknown): boolean =>
  storageFailureOf(error) === "database_unreachable" && !errorCodes(error).includes("silent");

/** A statement with a response timeout in milliseconds; pg supports it, but its types lack it. */
const withTimeout = (milliseconds: number, text: string): QueryConfig => Object.assign({ text }, { query_timeout: milliseconds });

/** Runs `work` between BEGIN and COMMIT. Throws `outcome_unknown` when the connection is lost during COMMIT. */
export async function inTransaction<T>(client: PoolClient, { begin }: PostgresTimeouts, work: () => Promise<T>): Promise<T> {
  await run(client, withTimeout(begin, "begin")).catch((error: unknown) => {
    // Nothing was sent yet, so another connection can be used.
    throw errorCodes(error).includes("silent")
      ? new StoreError("connection_lost", "PostgreSQL did not begin a transaction in time.", {
          cause: error instanceof Error ? error.cause : error,
        })
      : error;
  });
  let value: T;
  try {
    value = await work();
  } catch (error) {
    // On a lost connection ROLLBACK would wait as well, and the transaction is rolled back already.
    if (!isLost(error)) await run(client, withTimeout(begin, "rollback")).catch(() => undefined);
    throw error;
  }
  const { command } = await run(client, { text: "commit" }).catch((error: unknown) => {
    throw isLost(error)
      ? new StoreError("outcome_unknown", "The connection to PostgreSQL was lost during COMMIT.", { cause: error })
      : error;
  });
  // PostgreSQL responds to COMMIT with ROLLBACK, and no error, if a statement had failed and its error was caught.
  if (command !== "COMMIT") throw new StoreError("aborted", "A statement of this transaction had failed; nothing was stored.");
  return value;
}

const run = (client: PoolClient, statement: QueryConfig): Promise<QueryResult> =>
  client.query(statement).catch((error: unknown) => {
    throw postgresFailure(error);
  });

/** Converts connection errors of pg, which has no codes for them, into a `StoreError`. Returns other errors, such as PostgreSQL's, unchanged. */
export function postgresFailure(error: unknown): unknown {
  if (!(error instanceof Error) || "severity" in error) return error;
  if (error.message === "Query read timeout") return new StoreError("silent", "PostgreSQL did not respond in time.", { cause: error });
  const isSocket = "syscall" in error || /^(Connection terminated|Client (has encountered|was closed))/.test(error.message);
  return isSocket ? new StoreError("connection_lost", `The connection to PostgreSQL was lost: ${error.message}.`, { cause: error }) : error;
}

function connectFailure(error: unknown): unknown {
  if (!(error instanceof Error) || "severity" in error) return error;
  if (error.message === "timeout exceeded when trying to connect")
    return new StoreError("busy", "No connection to PostgreSQL was free in time.", { cause: error });
  return new StoreError("unreachable", `PostgreSQL cannot be reached: ${error.message}.`, { cause: error });
}
