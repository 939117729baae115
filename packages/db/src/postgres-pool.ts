import { once } from "node:events";
import { Pool, type PoolClient } from "pg";
import type { OnError } from "./store.ts";

/** Connections to one PostgreSQL, lent one at a time. */
export interface PostgresPool {
  readonly pool: Pool;
  /** Lends a connection to `work`; one that can no longer be used is closed rather than given back. */
  lend<T>(work: (client: PoolClient) => Promise<T>): Promise<T>;
  /** Answers when the server has let go of every connection: the pool's own `end` does not wait for that. */
  close(): Promise<void>;
}

/** Timestamps are read as UTC; a process that dies inside a transaction must not hold its locks for long. */
const session = "set timezone = 'UTC'; set idle_in_transaction_session_timeout = '60s'";
const patience = { connecting: 10_000, closing: 2_000 };

/** A pool of at most `max` connections, made when they are needed. */
export function createPostgresPool({ url, max, onError }: { url: string; max: number; onError: OnError }): PostgresPool {
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: patience.connecting,
    application_name: "landfall",
    onConnect: async (client) => void (await client.query(session)),
  });
  const connected = new Set<PoolClient>();
  pool.on("connect", (client) => {
    connected.add(client);
    // A connection that breaks while it is being closed has no other listener, and would end the process.
    client.on("error", () => {});
  });
  pool.on("remove", (client) => connected.delete(client));
  // Without a listener a connection that breaks while idle would end the process.
  pool.on("error", (error) => onError(error, "an idle PostgreSQL connection"));
  return {
    pool,
    async lend(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      const breaks = (error: Error): void => {
        broken = error;
      };
      client.on("error", breaks);
      try {
        return await work(client);
      } finally {
        client.off("error", breaks);
        client.release(broken);
      }
    },
    async close() {
      await pool.end();
      const signal = AbortSignal.timeout(patience.closing);
      while (connected.size > 0 && !signal.aborted) {
        await once(pool, "remove", { signal }).catch(() => {
          // A server that does not answer any more is not waited for.
        });
      }
    },
  };
}
