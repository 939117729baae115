import { BlobError } from "@landfall/db/blobs/blob-store";
import { AppError } from "../app-error.ts";

/** What is told of a failure of the blob store: `unavailable` where nobody can reach it, the failure itself otherwise. */
export function blobsUnavailable(cause: unknown): unknown {
  if (!(cause instanceof BlobError && cause.code === "unreachable")) return cause;
  return new AppError("unavailable", "The server cannot reach the place where artifacts are kept. Try again in a minute.", { cause });
}
