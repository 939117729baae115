import { toAppError } from "../app-error.ts";

/** What is told of a failure of the blob store: `unavailable` or `storage_full` for trouble with it, the failure itself otherwise. */
export const toStorageError = (cause: unknown): unknown => toAppError(cause) ?? cause;
