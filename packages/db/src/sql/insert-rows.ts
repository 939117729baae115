import { type Column, getTableColumns, getTableName, type SQL, sql, type Table } from "drizzle-orm";
import type { Reader } from "../store.ts";
import type { Schema } from "../tables/schema.ts";

type Insert<T extends Table> = T["$inferInsert"];

/** A new row of a table with a value for each of these columns; nullable ones are null, not absent. */
export type NewRow<T extends keyof Schema, Names extends readonly (keyof Insert<Schema[T]>)[]> = Required<
  Pick<Insert<Schema[T]>, Names[number]>
>;

/** Fails to compile when a column is missing among `Name`; the database generates ids. */
type EveryColumn<T extends Table, Name> = [Exclude<keyof Insert<T>, Name | "id">] extends [never]
  ? unknown
  : { readonly missingColumn: Exclude<keyof Insert<T>, Name | "id"> };

/**
 * Many rows for `insert(table).select(…)`, passed as one JSON text: a hundred times less work than a statement with a value for each
 * field, where there are thousands of rows. `names` are all columns but the id; `rows` is a parameter of `prepared`. The statement's text
 * does not depend on the number of rows, so it can be prepared once.
 *
 * @throws when the table has other columns besides.
 */
export function jsonRows<T extends Table, Name extends keyof Insert<T> & string>(
  { dialect }: Pick<Reader, "dialect">,
  table: T,
  names: readonly Name[] & EveryColumn<T, Name>,
  rows: readonly Required<Pick<Insert<T>, Name>>[],
): SQL {
  const columns: Record<string, Column> = getTableColumns(table);
  const listed = Object.entries(columns).map(([name, column]) => {
    const index = names.findIndex((one) => one === name);
    if (index >= 0) return dialect === "sqlite" ? sql.raw(`value ->> ${index}`) : sql.raw(`(value ->> ${index})::${column.getSQLType()}`);
    if (!column.primary) throw new Error(`${getTableName(table)} has a column ${name}, which has no value`);
    return dialect === "sqlite" ? sql.raw("null") : sql.raw(`nextval(pg_get_serial_sequence('${getTableName(table)}', '${column.name}'))`);
  });
  const encoders = names.map((name) => ({ name, column: columns[name] }));
  const encodeRow = (row: Required<Pick<Insert<T>, Name>>) =>
    encoders.map(({ name, column }) => {
      const value: unknown = row[name] ?? null;
      return value === null ? null : column?.mapToDriverValue(value);
    });
  const json = sql.param(rows, { mapToDriverValue: (values) => JSON.stringify(values.map(encodeRow)) });
  const source = dialect === "sqlite" ? sql`json_each(${json})` : sql`json_array_elements(${json}::json) as list(value)`;
  // Without a condition, SQLite would parse the "on" of "on conflict" as a join's.
  return sql`select ${sql.join(listed, sql`, `)} from ${source} where true`;
}

/** The most parameters per statement in SQLite; PostgreSQL allows twice as many. */
const mostValues = 32_766;

/** More rows per statement are not faster in either dialect, but occupy the connection longer. */
const mostRows = 500;

/**
 * Splits rows to insert into parts that each fit in one statement. `valuesPerRow` is the number of parameters per row, by default the
 * number of fields of the widest row. Returns no parts for no rows.
 */
export function chunked<T extends object>(rows: readonly T[], valuesPerRow: number = widest(rows)): T[][] {
  const size = Math.max(1, Math.min(mostRows, Math.floor(mostValues / Math.max(1, valuesPerRow))));
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, part) => rows.slice(part * size, (part + 1) * size));
}

function widest(rows: readonly object[]): number {
  return rows.reduce((most, row) => Math.max(most, Object.keys(row).length), 0);
}
