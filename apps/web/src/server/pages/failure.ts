import { type AppError, isAppError, toAppError } from "@landfall/core/kernel/app-error";
import type { Failure, Refusal } from "#ui/forms/outcome.ts";

/** Returns the failure of an operation that a page may show. @throws the error itself if it is a bug. */
export const failureOf = (error: unknown): Failure => describe(expectedError(error));

/** Returns the failure as the refusal of a form. @throws the error itself if it is a bug. */
export const refusalOf = (error: unknown): Refusal => ({ kind: "refused", ...failureOf(error) });

/** As `refusalOf`, but says what to do instead of the wire's generic texts for what is forbidden or missing. */
export function refusalWithNextStep(error: unknown): Refusal {
  const expected = expectedError(error);
  const message = expected.isGeneric ? NEXT_STEPS[expected.code] : undefined;
  const failure = describe(expected);
  return { kind: "refused", ...failure, message: message ?? failure.message };
}

const NEXT_STEPS: Partial<Record<AppError["code"], string>> = {
  forbidden: "You are not allowed to do this. Ask an owner or manager of the organization.",
  not_found: "This no longer exists. Reload the page to see the current state.",
};

function expectedError(error: unknown): AppError {
  const expected = toAppError(error instanceof Error && isAppError(error.cause) ? error.cause : error);
  if (expected === null) throw error;
  return expected;
}

function describe({ code, reason, message, issues, detail }: AppError): Failure {
  const fields = Object.fromEntries(issues.map(({ path, message: problem }) => [String(path[0]), detail ?? problem]));
  return { code, reason, message: issues.length === 0 ? (detail ?? message) : null, fields };
}
