import { type Column, getTableColumns, getTableName, type SQL, sql, type Table } from "drizzle-orm";
import type { Reader } from "../store.ts";

type Insert<T extends Table> = T["$inferInsert"];

/** Many rows for an insert, given at run time as one JSON text. */
export interface JsonRows<T extends Table, Name extends keyof Insert<T>> {
  /** For `insert(table).select(…)`: the statement's text does not depend on the number of rows, so it can be prepared once. */
  readonly select: SQL;
  /** The value of the placeholder `rows`. */
  encode(rows: readonly Pick<Insert<T>, Name>[]): string;
}

/**
 * Rows of a table as JSON, with these columns; an id is made by the database. A hundred times less work than a statement with a value
 * for each field, where there are thousands of rows. Throws for a table that has other columns besides.
 */
export function jsonRows<T extends Table, Name extends keyof Insert<T> & string>(
  { dialect }: Pick<Reader, "dialect">,
  table: T,
  names: readonly Name[],
): JsonRows<T, Name> {
  const columns: Record<string, Column> = getTableColumns(table);
  const listed = Object.entries(columns).map(([name, column]) => {
    const index = names.findIndex((one) => one === name);
    if (index >= 0) return dialect === "sqlite" ? sql.raw(`value ->> ${index}`) : sql.raw(`(value ->> ${index})::${column.getSQLType()}`);
    if (!column.primary) throw new Error(`${getTableName(table)} has a column ${name}, for which no value is given`);
    return dialect === "sqlite" ? sql.raw("null") : sql.raw(`nextval(pg_get_serial_sequence('${getTableName(table)}', '${column.name}'))`);
  });
  const rows = sql.placeholder("rows");
  const source = dialect === "sqlite" ? sql`json_each(${rows})` : sql`json_array_elements(${rows}::json) as list(value)`;
  const encoders = names.map((name) => columns[name]);
  return {
    // SQLite reads the "on" of "on conflict" as a join's, unless a condition stands between.
    select: sql`select ${sql.join(listed, sql`, `)} from ${source} where true`,
    encode: (given) =>
      JSON.stringify(
        given.map((row) =>
          names.map((name, index) => {
            const value: unknown = row[name] ?? null;
            return value === null ? null : encoders[index]?.mapToDriverValue(value);
          }),
        ),
      ),
  };
}

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
