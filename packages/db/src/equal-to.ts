import { type Column, eq, is, type Placeholder, type SQL, sql } from "drizzle-orm";
import { PgColumn } from "drizzle-orm/pg-core";

/**
 * `column = value`, for a query of several tables that is prepared and runs at almost every request. Compared by a bare `= ?` there,
 * the value may change SQLite's plan, so SQLite compiles the whole statement anew each time it is run, for longer than it then reads.
 * A plus sign, which changes nothing else, lets it keep the plan; PostgreSQL needs none.
 */
export function equalTo(column: Column, value: Placeholder | string | number | boolean): SQL {
  return is(column, PgColumn) ? eq(column, value) : sql`${column} = +${sql.param(value, column)}`;
}
