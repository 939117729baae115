import { type Placeholder, sql, type Table } from "drizzle-orm";

type Insert<T extends Table> = T["$inferInsert"];

/**
 * Placeholders for columns of a table, each named like its column, for an insert that is prepared: what is then executed takes the
 * values as `insert(…).values(…)` does.
 */
export function placeholders<T extends Table, Name extends keyof Insert<T> & string>(
  _table: T,
  names: readonly Name[],
): Pick<Insert<T>, Name> {
  return asValues<T, Name>(Object.fromEntries(names.map((name): [Name, Placeholder] => [name, sql.placeholder(name)])));
}

/** An insert takes placeholders wherever it takes a value; Drizzle's type of a row does not say so. */
const asValues = <T extends Table, Name extends keyof Insert<T>>(values: object) => values as Pick<Insert<T>, Name>;
