import { type BlobStore } from "@landfall/db/blobs/blob-store";
import { fileBlobs } from "@landfall/db/blobs/file-blobs";

/** Where the artifacts of a backup are: in a folder beside its file, whatever the server keeps them in. */
export function backupBlobs(file: string): { readonly folder: string; readonly blobs: BlobStore } {
  const folder = `${file}.blobs`;
  return { folder, blobs: fileBlobs({ folder }) };
}
