import { type App, createApp } from "@landfall/core/app";
import { createStorageQuotas } from "@landfall/core/artifacts/storage-quotas";
import type { Env } from "../../env.ts";
import { openBlobs } from "../serving/open-blobs.ts";
import { openStore } from "../serving/open-store.ts";

/**
 * Runs `work` with the app over the data directory's store, beside a server or without one, and closes it. The address is
 * `LANDFALL_URL`, or that of a server on this machine.
 */
export async function withApp<T>(env: Env, work: (app: App) => Promise<T>): Promise<T> {
  const store = await openStore(env, { serves: false, onError: (error, during) => console.error(`Error in ${during}:`, error) });
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
