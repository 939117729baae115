import { isLandfallError, type LandfallError, type LandfallErrorCode } from "@landfall/client/landfall-error";

/** A failure as it is printed, and as `--json` tells it. */
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
  unauthenticated: "Check the token with `landfall whoami`, or log in with `landfall login`.",
  forbidden: "`landfall whoami` lists what this token may do. Use one with the scopes that are needed.",
  not_found: "Check the names: `landfall orgs list`, `landfall projects list` and `landfall releases list` show what is there.",
  conflict: "Run the same command again in a moment.",
  too_large: "Send less at once.",
  unsupported_media_type: "Check that the address is a Landfall server's and that no proxy changes requests.",
  rate_limited: "Wait a moment and run the same command again.",
  unavailable: "Wait a moment and run the same command again: nothing is recorded twice.",
  storage_full: "Whoever runs the server has to make room on its disk; nothing was recorded.",
  network: "Check the address (--server, LANDFALL_URL or SENTRY_URL) and that the server runs.",
  internal: "The server's log says more.",
  aborted: null,
};

/** What to tell about whatever was thrown. */
export function describeFailure(error: unknown): Failure {
  if (isLandfallError(error)) return ofServer(error);
  const none = { issues: [], requestId: null };
  if (isCliError(error)) return { exit: error.exit, code: error.exit, message: error.message, hint: error.hint, ...none };
  // So ends a question that is answered with Ctrl-C.
  if (error instanceof Error && error.name === "AbortError")
    return { exit: "interrupted", code: "aborted", message: "Interrupted.", hint: null, ...none };
  const message = error instanceof Error ? error.message : String(error);
  return { exit: "failure", code: "failure", message, hint: null, ...none };
}

function ofServer({ code, message, issues, requestId }: LandfallError): Failure {
  const told = issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  const sentence = told.length > 0 ? "The server refused the input." : message;
  return { exit: CAUSES[code], code, message: sentence, hint: HINTS[code], issues: told, requestId };
}

/** The lines people read. */
export function failureLines({ message, hint, issues, requestId }: Failure): string[] {
  return [
    message,
    ...issues.map((issue) => `  ${issue.path === "" ? "input" : issue.path}: ${issue.message}`),
    ...(hint === null ? [] : [hint]),
    ...(requestId === null ? [] : [`Request id: ${requestId}`]),
  ];
}

const brand = Symbol.for("landfall.CliError");

/** A failure that people are told as it is: what went wrong, and what to do next. */
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

/** How the program ends, by cause; scripts may rely on them. */
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

/** The list for `--help`. */
export const EXIT_CODES_HELP = `Exit codes:
  0   done (also: it was done before)
  1   it failed for a reason of this machine, such as git
  2   the command line cannot be understood
  10  the token is missing, unknown or not allowed to
  20  the input is wrong, here or as the server sees it
  21  the organization, project, release or token is not there
  22  it is in conflict with what is there, or somebody else is at it
  23  calls of a stack trace could not be resolved
  30  no Landfall server can be reached
  31  the server failed or is too busy
  130 interrupted`;
