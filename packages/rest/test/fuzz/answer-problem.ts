import { inspect } from "node:util";
import { errorBodyProblem } from "./error-body.ts";
import type { Reply } from "./fuzz-world.ts";

/** Refs to unknown repositories are refused after the rest was stored (contract 3.2, step 9). */
const KEPT = /^\{"refs":\["Invalid repository names: /;

/** Whether a call was refused, and so must have changed nothing. */
export const changedNothing = ({ status, text }: Reply): boolean => status >= 400 && !KEPT.test(text);

/** What is wrong with an answer, whatever was asked; null when nothing is. `fields` are the names a refusal may complain about. */
export function answerProblem({ status, headers, text, bugs }: Reply, fields: readonly string[]): string | null {
  const [bug] = bugs;
  if (bug !== undefined) return `a bug: ${inspect(bug)}`;
  if (status >= 500) return `status ${status}`;
  const isJson = headers.get("content-type") === "application/json";
  if (status < 400) return text === "" || isJson || isDownload(headers) ? null : "an answer that is not JSON";
  if (status === 416) return text === "" && headers.has("content-range") ? null : "a part refused with more than its size";
  if (status === 404 && isUnknownPath(text)) return null;
  return isJson ? errorBodyProblem(JSON.parse(text), fields) : "a refusal that is not JSON";
}

/** Bytes to be saved, which no browser takes for a page. */
const isDownload = (headers: Headers): boolean =>
  (headers.get("content-disposition") ?? "").startsWith("attachment;") && headers.get("x-content-type-options") === "nosniff";

/** A path that is no route: empty, or with a hint when only its slash is missing (contract 1.2). */
const isUnknownPath = (text: string): boolean =>
  text === "" || text.startsWith("Route not found, did you") || text.startsWith('{"info":"Route not found, did you');
