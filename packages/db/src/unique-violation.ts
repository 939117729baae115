import { errorCodes } from "./error-codes.ts";

const codes = new Set(["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"]);

/** Whether a statement failed because a row with the same unique values is there already; in PostgreSQL its transaction is then lost. */
export function isUniqueViolation(error: unknown): boolean {
  return errorCodes(error).some((code) => codes.has(code));
}
