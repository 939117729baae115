import type { App } from "@landfall/core/app";
import { createApp } from "@landfall/core/create-app";
import { createStorageQuotas } from "@landfall/core/artifacts/storage-quotas";
import type { Env } from "../../env.ts";
import { openBlobs } from "../serving/open-blobs.ts";
import { openStore } from "../serving/open-store.ts";
import { existingDatabase } from "./local-database.ts";

/**
 * Runs `work` with the app over the data directory's store, beside a server or without one, and closes it. The address is
 * `LANDFALL_URL`, or that of a server on this machine.
 */
export const withApp = <T>(env: Env, work: (app: App) => Promise<T>): Promise<T> => withStore(env, false, work);

/**
 * As `withApp`, for commands that only read: creates no database and changes no schema. Throws an `OperatorError` if there is no database, and
 * a `StoreError` (`older_database`, `newer_database`) if it is of another version.
 */
export async function withReadingApp<T>(env: Env, work: (app: App) => Promise<T>): Promise<T> {
  if (env.databaseUrl === null) existingDatabase(env, "");
  return withStore(env, true, work);
}

async function withStore<T>(env: Env, readsOnly: boolean, work: (app: App) => Promise<T>): Promise<T> {
  const onError = (error: unknown, during: string) => console.error(`Error in ${during}:`, error);
  const store = await openStore(env, { serves: false, readsOnly, onError });
  try {
    const now = () => new Date();
    return await work(
      createApp({
        store,
        quotas: createStorageQuotas({ read: store.read, now }, { byDefault: env.artifactQuota }),
        now,
        blobs: openBlobs(env),
        origin: env.url ?? `http://localhost:${env.port || 3000}`,
        followsRequests: env.url === null,
      }),
    );
  } finally {
    await store.close();
  }
}
