import { type Column, getTableColumns, type SQL, sql, type Table } from "drizzle-orm";

type Insert<T extends Table> = T["$inferInsert"];

/**
 * Placeholders for columns of a table, each named like its column, for an insert that is prepared: what is then executed takes the
 * values as `insert(…).values(…)` does. Drizzle's own placeholders hand null to encoders that cannot take it; these do not.
 */
export function placeholders<T extends Table, Name extends keyof Insert<T> & string>(table: T, names: readonly Name[]): Pick<Insert<T>, Name> {
  const columns = getTableColumns(table);
  const entries = names.map((name): [Name, SQL] => {
    const column: Column | undefined = columns[name];
    if (column === undefined) throw new Error(`the table has no column ${name}`);
    return [name, sql`${sql.param(sql.placeholder(name), nullable(column))}`];
  });
  return asValues<T, Name>(Object.fromEntries(entries));
}

const nullable = (column: Column) => ({ mapToDriverValue: (value: unknown) => (value === null ? null : column.mapToDriverValue(value)) });

/** An insert takes SQL wherever it takes a value; Drizzle's type of a row does not say so. */
const asValues = <T extends Table, Name extends keyof Insert<T>>(values: object) => values as Pick<Insert<T>, Name>;
