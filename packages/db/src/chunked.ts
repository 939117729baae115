/** SQLite takes this many bound values a statement, PostgreSQL twice as many. */
const mostValues = 32_766;

/** More rows a statement are no faster in either dialect, but hold the connection longer and are compiled anew each time. */
const mostRows = 500;

/**
 * Splits rows to be inserted into parts small enough for one statement each. A row is taken to bind as many values as the widest of
 * `rows` has fields; statements that bind more say so in `valuesPerRow`. No rows, no parts.
 */
export function chunked<T extends object>(rows: readonly T[], valuesPerRow: number = widest(rows)): T[][] {
  const size = Math.max(1, Math.min(mostRows, Math.floor(mostValues / Math.max(1, valuesPerRow))));
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, part) => rows.slice(part * size, (part + 1) * size));
}

function widest(rows: readonly object[]): number {
  return rows.reduce((most, row) => Math.max(most, Object.keys(row).length), 0);
}
