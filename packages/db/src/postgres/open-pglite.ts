import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { migrationsFolder } from "../migrations.ts";
import { type OnError, reportToConsole, type Store } from "../store.ts";
import { migratePostgres } from "./migrate.ts";
import { createPostgresStore } from "./store.ts";

export type PgliteOptions = { readonly client?: PGlite; readonly onError?: OnError };

/**
 * A PostgreSQL inside this process for tests, in memory unless `client` is passed. It has one connection: reads outside a
 * transaction wait for its end.
 */
export async function openPglite({ client = new PGlite(), onError = reportToConsole }: PgliteOptions = {}): Promise<Store> {
  const read = drizzle({ client });
  await client.exec("set timezone = 'UTC'");
  await migratePostgres(read, () => migrate(read, { migrationsFolder: migrationsFolder("postgres") }));
  return createPostgresStore(
    {
      read,
      transaction: (work) =>
        read.transaction(async (connection) => {
          const value = await work(connection);
          // Fails if a statement had failed and its error was caught, as COMMIT does on a server.
          await connection.execute(sql`select 1`);
          return value;
        }),
      close: () => client.close(),
    },
    onError,
  );
}
