/** The public API of the npm package. In this repository, import the modules themselves. */
export type { AppRouter } from "./app-router.ts";
export type { ClientOptions } from "./connection.ts";
export { createClient, type Inputs, type LandfallClient, type NewCommit, type Outputs, type Release, walkPages } from "./create-client.ts";
export { isLandfallError, type LandfallError, type LandfallErrorCode } from "./landfall-error.ts";
export type { RetryPolicy } from "./retry.ts";
export type { Fetch } from "./send.ts";
export { type CommitProgress, setCommits, type SetCommitsOptions } from "./set-commits.ts";
export type { ByteSource } from "./uploads/chunks.ts";
export { type UploadBundle, uploadBundle, type UploadedBundle, type UploadProgress } from "./uploads/upload-bundle.ts";
