import { type Column, is, type SQL, sql } from "drizzle-orm";
import { PgColumn } from "drizzle-orm/pg-core";

/**
 * `column in (…)` for a list given at run time under `name` as JSON text (`JSON.stringify(ids)`). The statement's text does not
 * depend on the list's length, so it can be prepared once; `inArray` cannot.
 */
export function anyOf(column: Column, name: string): SQL {
  const list = sql.placeholder(name);
  if (!is(column, PgColumn)) return sql`${column} in (select value from json_each(${list}))`;
  const type = sql.raw(column.dataType === "number" ? "::bigint" : "");
  return sql`${column} in (select value${type} from jsonb_array_elements_text(${list}::jsonb) as list(value))`;
}
