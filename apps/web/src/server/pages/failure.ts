import { isAppError, toAppError } from "@landfall/core/kernel/app-error";
import type { Failure } from "#ui/forms/outcome.ts";

/** What an operation told whoever called it. Throws what it was not meant to tell: a bug. */
export function failureOf(error: unknown): Failure {
  const told = toAppError(error instanceof Error && isAppError(error.cause) ? error.cause : error);
  if (told === null) throw error;
  const fields = Object.fromEntries(told.issues.map(({ path, message }) => [String(path[0]), message]));
  return { code: told.code, message: told.issues.length === 0 ? told.message : null, fields };
}
