import { openPostgres } from "@landfall/db/open-postgres";
import { openSqlite } from "@landfall/db/open-sqlite";
import type { OnError, Store } from "@landfall/db/store";
import type { Env } from "../../env.ts";

export type OpenOptions = {
  /** Whether this process serves: then no other may serve the same SQLite file. Commands beside a server do not. */
  readonly serves: boolean;
  readonly onError: OnError;
};

/** Opens the store the environment names, its schema up to date. Throws a `StoreError` that tells the operator what is wrong. */
export function openStore({ databaseUrl, databaseFile, synchronous }: Env, { serves, onError }: OpenOptions): Promise<Store> {
  if (databaseUrl !== null) return openPostgres({ url: databaseUrl, onError });
  return openSqlite({ path: databaseFile, synchronous, claim: serves, onError });
}
