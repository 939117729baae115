import path from "node:path";
import type { BlobStore } from "@landfall/db/blobs/blob-store";
import { fileBlobs } from "@landfall/db/blobs/file-blobs";
import { s3Blobs } from "@landfall/db/blobs/s3-blobs";
import { openPostgres } from "@landfall/db/postgres/open";
import { openSqlite, openSqliteReader } from "@landfall/db/sqlite/open";
import type { OnError, Store } from "@landfall/db/store";
import type { Env } from "../../../env.ts";
import type { Metrics } from "./metrics.ts";

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

/** The folder of the blobs; with a bucket only what is on its way there. */
const blobsFolder = ({ dataDir }: Pick<Env, "dataDir">): string => path.join(dataDir, "blobs");

/** The place the environment names for the bytes of artifacts: a folder of the data directory, or a bucket. Nothing is touched yet. */
export function openBlobs(env: Pick<Env, "dataDir" | "s3">): BlobStore {
  const folder = blobsFolder(env);
  return env.s3 === null ? fileBlobs({ folder }) : s3Blobs({ ...env.s3, stagingFolder: path.join(folder, "staged") });
}

/** The store, with its transactions counted. */
export const withTransactionMetrics = (store: Store, { transaction: count }: Pick<Metrics, "transaction">): Store => ({
  ...store,
  async transaction(work) {
    try {
      const value = await store.transaction(work);
      count("committed");
      return value;
    } catch (error) {
      count("failed");
      throw error;
    }
  },
});
