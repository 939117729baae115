import type { Logger } from "pino";
import type { FinishedRequest } from "./listener.ts";

/**
 * Logs a request that is over, in one line: id, method, path, status, milliseconds and the address of the client. Never the query, which may hold a setup link's
 * secret, and never the signature in a webhook's path.
 */
export function logRequest(logger: Logger, { id, method, target, client, status, seconds }: FinishedRequest): void {
  if (!logger.isLevelEnabled("info")) return;
  logger.info({ id, method, path: loggedPath(target), status, ms: Math.round(seconds * 10_000) / 10, client }, "request");
}

const LONGEST = 1024;

/** The path of a target as the log shows it. */
export function loggedPath(target: string): string {
  const query = target.indexOf("?");
  const path = query < 0 ? target : target.slice(0, query);
  const shown = path.length > LONGEST ? `${path.slice(0, LONGEST)}…` : path;
  return SECRET.test(shown) ? shown.replace(SECRET, "$1…") : shown;
}

/** Paths that end in a secret: setup links, invitations, and the signature of a release webhook. */
const SECRET = /^(.*\/setup\/|.*\/invite\/|.*\/hooks\/release\/[^/]*\/[^/]*\/).+/;
