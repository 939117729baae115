import { type Column, eq, type GetColumnData, is, type SQL, sql } from "drizzle-orm";
import { PgColumn } from "drizzle-orm/pg-core";
import type { Reader } from "../store.ts";

/** No column that is searched holds a longer text, and SQLite refuses patterns of more than 50,000 bytes. */
const LONGEST = 1000;

/** Whether a column contains `text`; capital and small letters are the same from A to Z, which is what every database folds. */
export const containsText = (column: Column, text: string): SQL =>
  text.length > LONGEST ? sql`false` : sql`lower(${column}) like ${`%${escapeLike(foldCase(text))}%`} escape '\\'`;

/** The columns compare by bytes, so `lower` leaves the rest of Unicode alone; for a text of its own a database may do otherwise. */
const foldCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Makes `text` mean itself inside a LIKE pattern whose escape character is the backslash. */
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, String.raw`\$&`);

/**
 * Rows of whole numbers as a table, whose columns both databases call column1, column2 and so on. The numbers stand in the statement,
 * since PostgreSQL takes values given beside it for text. At least one row; throws for what is no whole number.
 */
export function integerRows(rows: readonly (readonly number[])[], name: string): SQL {
  if (!rows.flat().every(Number.isSafeInteger)) throw new TypeError("not rows of whole numbers");
  return sql`(values ${sql.raw(rows.map((row) => `(${row.join(", ")})`).join(", "))}) as ${sql.raw(name)}`;
}

/**
 * A column of whole numbers that is compared without using an index on it. SQLite keeps no statistics and takes an index whose first
 * columns are compared with given values for a good one, even where it then reads all rows of an environment or an organization.
 */
export const withoutIndex = (column: Column): SQL => sql`+${column}`;

/**
 * `column in (…)` for the list that is passed under `list`, a parameter of `prepared`. The statement's text does not depend on the
 * list's length, so it can be prepared once; `inArray` cannot.
 */
export function anyOf<C extends Column>(column: C, list: readonly GetColumnData<C, "raw">[]): SQL {
  const json = sql.param(list, { mapToDriverValue: (values) => JSON.stringify(values) });
  if (!is(column, PgColumn)) return sql`${column} in (select value from json_each(${json}))`;
  const type = sql.raw(column.dataType === "number" ? "::bigint" : "");
  return sql`${column} in (select value${type} from jsonb_array_elements_text(${json}::jsonb) as list(value))`;
}

/**
 * `column = value`, for a query of several tables that is prepared and runs at almost every request. `value` is a parameter of
 * `prepared` or a constant. If SQLite compares with a bare `= ?` there, the value may change its plan, so it compiles the whole statement
 * again at each run, which takes longer than reading the rows. A plus sign, which changes nothing else, lets it keep the plan; PostgreSQL
 * needs none.
 */
export function equalTo<C extends Column>(column: C, value: GetColumnData<C, "raw">): SQL {
  return is(column, PgColumn) ? eq<Column>(column, value) : sql`${column} = +${sql.param(value, column)}`;
}

/** A limit that stands in the statement's text. As a value, which Drizzle makes of a number, SQLite would plan anew at each run. */
export const literalLimit = (count: number): number => asNumber(sql.raw(String(Math.trunc(count))));

/** Drizzle takes SQL for a limit, as it takes a placeholder; its type says numbers and placeholders only. */
const asNumber = (text: object) => text as unknown as number;

/** A search for more parts than this would cost more than it saves. */
const MOST_PARTS = 32;

/**
 * The ids of releases whose version may contain `part`, in any case, of all organizations: at most `limit` of them, unordered. Null
 * when the database keeps no index of parts: in PostgreSQL, and for less than three characters.
 */
export async function versionsWithPart(db: Reader, part: string, limit: number): Promise<number[] | null> {
  const characters = [...part];
  if (db.dialect !== "sqlite" || characters.length < 3) return null;
  const parts = characters.slice(2).map((_, start) => characters.slice(start, start + 3).join(""));
  const wanted = [...new Set(parts)].slice(0, MOST_PARTS).map((text) => `"${text.replaceAll('"', '""')}"`);
  const rows = await db
    .select({ id: sql<number>`rowid`.mapWith(Number) })
    .from(sql`release_versions`)
    .where(sql`release_versions match ${wanted.join(" AND ")}`)
    .limit(limit);
  return rows.map((row) => row.id);
}
