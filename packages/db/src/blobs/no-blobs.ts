import type { BlobStore } from "./blob-store.ts";

const refuse = (): never => {
  throw new Error("This app was opened without a place for blobs.");
};

/** For applications that keep no artifacts, such as commands about people: every use of it is a bug, and throws. */
export const noBlobs: BlobStore = {
  stage: refuse,
  stageCopy: refuse,
  read: refuse,
  sizeOf: refuse,
  fileOf: refuse,
  remove: refuse,
  list: refuse,
  sweepStaged: refuse,
  readLabel: refuse,
  writeLabel: refuse,
};
