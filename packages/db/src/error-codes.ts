/** The codes of an error and of what caused it, outermost first: SQLite's names, PostgreSQL's SQLSTATEs, Node's "ECONNREFUSED". */
export function errorCodes(error: unknown): string[] {
  const codes: string[] = [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") codes.push(cause.code);
  }
  return codes;
}
