import { inspect } from "node:util";
import { errorBodyProblem } from "./error-body.ts";
import type { Reply } from "./fuzz-world.ts";

/** Refs to unknown repositories are rejected after the rest was stored (contract 3.2, step 9). */
const REFS_ERROR = /^\{"refs":\["Invalid repository names: /;

/** Whether a call was rejected, and so must have changed nothing. */
export const changedNothing = ({ status, text }: Reply): boolean => status >= 400 && !REFS_ERROR.test(text);

/** Returns the problem of a response to any request, or null. `fields` are the names that an error body may have. */
export function responseProblem({ status, headers, text, bugs }: Reply, fields: readonly string[]): string | null {
  const [bug] = bugs;
  if (bug !== undefined) return `a bug: ${inspect(bug)}`;
  if (status >= 500) return `status ${status}`;
  const isJson = headers.get("content-type") === "application/json";
  if (status < 400) return text === "" || isJson || isDownload(headers) ? null : "a response that is not JSON";
  if (status === 416) return text === "" && headers.has("content-range") ? null : "a range error with a body or without the size";
  if (status === 404 && isUnknownPath(text)) return null;
  return isJson ? errorBodyProblem(JSON.parse(text), fields) : "an error that is not JSON";
}

/** A download, which no browser shows as a page. */
const isDownload = (headers: Headers): boolean =>
  (headers.get("content-disposition") ?? "").startsWith("attachment;") && headers.get("x-content-type-options") === "nosniff";

/** The response for a path without a route: empty, or a hint if only the trailing slash is missing (contract 1.2). */
const isUnknownPath = (text: string): boolean =>
  text === "" || text.startsWith("Route not found, did you") || text.startsWith('{"info":"Route not found, did you');
