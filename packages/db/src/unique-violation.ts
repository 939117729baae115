const codes = new Set(["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"]);

/** Whether a statement failed because a row with the same unique values is there already; in PostgreSQL its transaction is then lost. */
export function isUniqueViolation(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && codes.has(String(cause.code))) return true;
  }
  return false;
}
