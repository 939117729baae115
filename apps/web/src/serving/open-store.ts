import { openPostgres } from "@landfall/db/open-postgres";
import { openSqlite } from "@landfall/db/open-sqlite";
import { openSqliteReader } from "@landfall/db/open-sqlite-reader";
import type { OnError, Store } from "@landfall/db/store";
import type { Env } from "../../env.ts";

export type OpenOptions = {
  /** Whether this process serves: then no other may serve the same SQLite file. Commands beside a server do not. */
  readonly serves: boolean;
  /** Whether this process only reads: then nothing is created and no schema changed, and one of another version is refused. */
  readonly readsOnly?: boolean;
  readonly onError: OnError;
};

/** Opens the store the environment names, its schema up to date. Throws a `StoreError` that tells the operator what is wrong. */
export function openStore({ databaseUrl, databaseFile, synchronous }: Env, options: OpenOptions): Promise<Store> {
  const { serves, readsOnly = false, onError } = options;
  if (databaseUrl !== null) return openPostgres({ url: databaseUrl, readsOnly, onError });
  if (readsOnly) return openSqliteReader({ path: databaseFile });
  return openSqlite({ path: databaseFile, synchronous, claim: serves, onError });
}
