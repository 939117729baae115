import { isLandfallError, type LandfallError, type LandfallErrorCode } from "@landfall/client/landfall-error";

/** A failure as `--json` prints it. */
export type Failure = {
  readonly exit: ExitCause;
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly issues: readonly { readonly path: string; readonly message: string }[];
  readonly requestId: string | null;
};

const CAUSES: Readonly<Record<LandfallErrorCode, ExitCause>> = {
  invalid: "input",
  unauthenticated: "auth",
  forbidden: "auth",
  not_found: "notFound",
  conflict: "conflict",
  too_large: "input",
  unsupported_media_type: "input",
  rate_limited: "server",
  unavailable: "server",
  storage_full: "server",
  network: "network",
  internal: "server",
  aborted: "interrupted",
};

const HINTS: Readonly<Record<LandfallErrorCode, string | null>> = {
  invalid: null,
  unauthenticated: "Check the token with `landfall whoami`, or run `landfall login`.",
  forbidden: "`landfall whoami` lists the scopes of this token. Use a token with the required scopes.",
  not_found: "Check the names with `landfall orgs list`, `landfall projects list`, and `landfall releases list`.",
  conflict: "Run the command again in a moment.",
  too_large: "Send less data.",
  unsupported_media_type: "Check that the URL is that of a Landfall server and that no proxy changes requests.",
  rate_limited: "Wait a moment and run the command again.",
  unavailable: "Wait a moment and run the command again. Nothing is recorded twice.",
  storage_full: "Nothing was recorded. The disk of the server is full; its administrator must free space.",
  network: "Check the URL (--server, LANDFALL_URL, or SENTRY_URL) and that the server is running.",
  internal: "See the log of the server.",
  aborted: null,
};

/** Describes any thrown value. */
export function describeFailure(error: unknown): Failure {
  if (isLandfallError(error)) return ofServer(error);
  const none = { issues: [], requestId: null };
  if (isCliError(error)) return { exit: error.exit, code: error.exit, message: error.message, hint: error.hint, ...none };
  // Node's readline rejects a question with this error on Ctrl-C.
  if (error instanceof Error && error.name === "AbortError")
    return { exit: "interrupted", code: "aborted", message: "Interrupted.", hint: null, ...none };
  const message = error instanceof Error ? error.message : String(error);
  return { exit: "failure", code: "failure", message, hint: null, ...none };
}

function ofServer({ code, message, issues, requestId }: LandfallError): Failure {
  const fields = issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  const summary = fields.length > 0 ? "The server rejected the input." : message;
  return { exit: CAUSES[code], code, message: summary, hint: HINTS[code], issues: fields, requestId };
}

/** Returns the lines printed to stderr. */
export function failureLines({ message, hint, issues, requestId }: Failure): string[] {
  return [
    message,
    ...issues.map((issue) => `  ${issue.path === "" ? "input" : issue.path}: ${issue.message}`),
    ...(hint === null ? [] : [hint]),
    ...(requestId === null ? [] : [`Request ID: ${requestId}`]),
  ];
}

const brand = Symbol.for("landfall.CliError");

/** A failure with a message and a hint for the user. */
export class CliError extends Error {
  readonly [brand] = true;
  readonly exit: ExitCause;
  /** What to do about it. */
  readonly hint: string | null;

  constructor(exit: ExitCause, message: string, hint: string | null = null) {
    super(message);
    this.name = "CliError";
    this.exit = exit;
    this.hint = hint;
  }
}

/** Whether `error` is a CliError. */
export const isCliError = (error: unknown): error is CliError => typeof error === "object" && error !== null && brand in error;

/** Exit codes by cause; scripts may rely on them. */
export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 2,
  auth: 10,
  input: 20,
  notFound: 21,
  conflict: 22,
  unresolved: 23,
  network: 30,
  server: 31,
  interrupted: 130,
} as const;

export type ExitCause = keyof typeof EXIT;

/** The list of exit codes in `--help`. */
export const EXIT_CODES_HELP = `Exit codes:
  0   success, also if there was nothing to do
  1   local failure, such as git
  2   invalid command line
  10  the token is missing, unknown, or lacks a scope
  20  invalid input
  21  the organization, project, release, change, or token was not found
  22  conflict with existing data or with another writer
  23  stack frames could not be resolved
  30  the server cannot be reached
  31  the server failed or is overloaded
  130 interrupted`;
