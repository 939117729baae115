import { codeOfStatus } from "../code-of-status.ts";
import { LandfallError, type LandfallErrorCode } from "../landfall-error.ts";
import type { Answer } from "../send.ts";

/** What the wire means by these, of an answer that is a Landfall server's own. */
const CODES: Readonly<Record<number, LandfallErrorCode>> = { 400: "invalid", 404: "not_found", 409: "conflict" };

/** The failure that an answer of the REST wire tells, in the server's words: `{"detail": …}` or `{"error": …}` (contract 1.19). */
export function errorOfResponse(
  { status, requestId, retryAfter }: Pick<Answer, "status" | "requestId" | "retryAfter">,
  body: unknown,
): LandfallError {
  const code = CODES[status] ?? codeOfStatus(status);
  return new LandfallError(messageOf(body) ?? `The server answered with status ${status}.`, { code, status, requestId, retryAfter });
}

function messageOf(body: unknown): string | null {
  if (typeof body !== "object" || body === null) return null;
  const words: unknown = Reflect.get(body, "detail") ?? Reflect.get(body, "error");
  if (typeof words === "string" && words !== "") return words;
  return `The server refused the request: ${JSON.stringify(body).slice(0, 500)}`;
}
