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
  /** Whether this process is a server, of which a SQLite file can have only one. False for admin commands. */
  readonly serves: boolean;
  /** Whether this process only reads. Nothing is created or migrated then, and a schema of another version is refused. */
  readonly readsOnly?: boolean;
  readonly onError: OnError;
};

/** Opens the configured store and migrates its schema. @throws `StoreError` with a message for the operator. */
export function openStore({ databaseUrl, databaseFile, synchronous }: Env, options: OpenOptions): Promise<Store> {
  const { serves, readsOnly = false, onError } = options;
  if (databaseUrl !== null) return openPostgres({ url: databaseUrl, readsOnly, onError });
  if (readsOnly) return openSqliteReader({ path: databaseFile });
  return openSqlite({ path: databaseFile, synchronous, claim: serves, onError });
}

/** The folder of the blobs. With a bucket, it has only blobs that are being uploaded. */
const blobsFolder = ({ dataDir }: Pick<Env, "dataDir">): string => path.join(dataDir, "blobs");

/** Returns the configured blob store: a folder of the data directory or a bucket. Neither is accessed yet. */
export function openBlobs(env: Pick<Env, "dataDir" | "s3">): BlobStore {
  const folder = blobsFolder(env);
  return env.s3 === null ? fileBlobs({ folder }) : s3Blobs({ ...env.s3, stagingFolder: path.join(folder, "staged") });
}

/** Returns a store that counts its transactions by outcome. */
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
