import { type AppError, isAppError, toAppError } from "@landfall/core/kernel/app-error";
import { BlobError } from "@landfall/db/blobs/blob-store";
import { storageFailureOf } from "@landfall/db/storage-failure";
import { isStoreError } from "@landfall/db/store-error";

/** A failure that only the operator can mend. Its message is one sentence that says what to do; it is told without a stack. */
export class OperatorError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "OperatorError";
  }
}

/** What the operator is told when the server or a command cannot do its work: a sentence, or the stack of a bug. */
export function operatorMessage(error: unknown): string {
  if (error instanceof OperatorError || error instanceof BlobError || isStoreError(error)) return error.message;
  if (isAppError(error)) return describeAppError(error);
  if (storageFailureOf(error) === "damaged") return "The database is damaged. Stop the server, keep the file, and restore a backup.";
  const failure = toAppError(error);
  // The operator may know the reason, which a caller of the API is not told.
  if (failure) return `${failure.message} (${rootCauseMessage(error)})`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What the driver or the file system has to say: wrappers around it repeat the statement, with its values. */
function rootCauseMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? rootCauseMessage(error.cause) : error.message;
}

function describeAppError({ code, message, issues }: AppError): string {
  if (code === "not_found") return "There is nothing of this name or id.";
  return issues.length === 0 ? message : issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join(" ");
}

/** The system's refusal to listen as an `OperatorError`; any other error as it is. */
export function listenFailure(error: unknown, { host, port }: { readonly host: string | null; readonly port: number }): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const sentence = typeof code === "string" ? LISTEN[code] : undefined;
  return sentence ? new OperatorError(sentence(port, host ?? ""), { cause: error }) : error;
}

const LISTEN: Record<string, (port: number, host: string) => string> = {
  EADDRINUSE: (port) => `Port ${port} is taken by another program; stop it, or choose another with PORT=<number>.`,
  EACCES: (port) => `Port ${port} may not be used by this user; choose one above 1023 with PORT=<number>.`,
  EADDRNOTAVAIL: (_port, host) => `HOST ${host} is no address of this machine; leave it unset to listen on all of them.`,
  ENOTFOUND: (_port, host) => `HOST ${host} is not known; leave it unset to listen on every address.`,
};
