import path from "node:path";
import type { BlobStore } from "@landfall/db/blobs/blob-store";
import { fileBlobs } from "@landfall/db/blobs/file-blobs";
import { s3Blobs } from "@landfall/db/blobs/s3-blobs";
import type { Env } from "../../env.ts";

/** The folder of the blobs; with a bucket only what is on its way there. */
export const blobsFolder = ({ dataDir }: Pick<Env, "dataDir">): string => path.join(dataDir, "blobs");

/** The place the environment names for the bytes of artifacts: a folder of the data directory, or a bucket. Nothing is touched yet. */
export function openBlobs(env: Pick<Env, "dataDir" | "s3">): BlobStore {
  const folder = blobsFolder(env);
  return env.s3 === null ? fileBlobs({ folder }) : s3Blobs({ ...env.s3, stagingFolder: path.join(folder, "staged") });
}
