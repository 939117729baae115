import { type AppError, isAppError, toAppError } from "@landfall/core/kernel/app-error";
import { BlobError } from "@landfall/db/blobs/blob-store";
import { storageFailureOf } from "@landfall/db/storage-failure";
import { isStoreError } from "@landfall/db/store-error";

/** A failure that only the operator can fix. Its message says what to do, and is shown without a stack. */
export class OperatorError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "OperatorError";
  }
}

/** Returns the message for the operator when the server or a command fails: a sentence, or the stack of a bug. */
export function operatorMessage(error: unknown): string {
  if (error instanceof OperatorError || error instanceof BlobError || isStoreError(error)) return error.message;
  if (isAppError(error)) return describeAppError(error);
  if (storageFailureOf(error) === "damaged") return "The database is damaged. Stop the server, keep the file, and restore a backup.";
  const failure = toAppError(error);
  // Operators also get the cause, which is not shown to callers of the API.
  if (failure) return `${failure.message} (${rootCauseMessage(error)})`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Returns the message of the driver or file system. The errors that wrap it repeat the statement with its values. */
function rootCauseMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? rootCauseMessage(error.cause) : error.message;
}

function describeAppError({ message, issues, detail }: AppError): string {
  if (detail !== undefined) return detail;
  return issues.length === 0 ? message : issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join(" ");
}

/** Returns a failure to listen as an `OperatorError`; any other error unchanged. */
export function listenFailure(error: unknown, { host, port }: { readonly host: string | null; readonly port: number }): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const message = typeof code === "string" ? LISTEN[code] : undefined;
  return message ? new OperatorError(message(port, host ?? ""), { cause: error }) : error;
}

const LISTEN: Record<string, (port: number, host: string) => string> = {
  EADDRINUSE: (port) => `Port ${port} is used by another program. Stop it, or choose another port with PORT=<number>.`,
  EACCES: (port) => `This user may not use port ${port}. Choose a port above 1023 with PORT=<number>.`,
  EADDRNOTAVAIL: (_port, host) => `HOST ${host} is not an address of this machine. Unset it to listen on all addresses.`,
  ENOTFOUND: (_port, host) => `HOST ${host} cannot be resolved. Unset it to listen on all addresses.`,
};
