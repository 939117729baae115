import { type Column, eq, type GetColumnData, is, type SQL, sql } from "drizzle-orm";
import { PgColumn } from "drizzle-orm/pg-core";
import type { Reader } from "../store.ts";

/** Longer than any text of a searched column. SQLite rejects patterns of more than 50,000 bytes. */
const LONGEST = 1000;

/** Whether a column contains `text`, ignoring the case of A to Z, which every database folds. */
export const containsText = (column: Column, text: string): SQL =>
  text.length > LONGEST ? sql`false` : sql`lower(${column}) like ${`%${escapeLike(foldCase(text))}%`} escape '\\'`;

/** The columns use a byte collation, so `lower` does not change other Unicode letters; for a bound text a database may. */
const foldCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** A LIKE pattern, with the backslash as its escape character, of texts that end with `text`. SQLite ignores the case of A to Z. */
export const endPattern = (text: string): string => `%${escapeLike(text)}`;

/** Escapes `text` for a LIKE pattern whose escape character is the backslash. */
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, String.raw`\$&`);

/**
 * Rows of integers as a table, whose columns are column1, column2 and so on in both databases. The numbers are part of the statement's
 * text, since PostgreSQL would treat parameters as text. At least one row; throws for other numbers.
 */
export function integerRows(rows: readonly (readonly number[])[], name: string): SQL {
  if (!rows.flat().every(Number.isSafeInteger)) throw new TypeError("not rows of whole numbers");
  return sql`(values ${sql.raw(rows.map((row) => `(${row.join(", ")})`).join(", "))}) as ${sql.raw(name)}`;
}

/**
 * A column of integers that is compared without using an index on it. Without statistics, SQLite prefers an index whose first columns are
 * compared with given values, even if it then reads all rows of an environment or an organization.
 *
 * Milliseconds with and without the hint, for 200,000 releases, 500,000 deploys, and 100,000 commits, in a new database / after `analyze`:
 *
 * - latest deploys of places: 0.4, over 3,000 / 0.6, over 3,000
 * - releases within reach: 50, 600 / 2, 120
 * - deploys for projects within reach: 4, 60 / 15, 140; their environment: 0.2, over 3,000 / the same plan
 * - releases deployed to an environment: 300, over 3,000 / the same plan
 * - commits of a search: 40, 2,300 / the same plan
 * - last releases of a project for retention: 0.3, over 3,000 / 0.3, 0.5
 * - storage by project: 1, 760 / the same plan
 *
 * Statistics replace some of the hints but not all, and a new database has none, so `pragma optimize` is not run.
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

/** A limit in the statement's text. As a parameter, which Drizzle makes of a number, SQLite would plan the statement at each run. */
export const literalLimit = (count: number): number => asNumber(sql.raw(String(Math.trunc(count))));

/** Drizzle accepts SQL as a limit, but its type allows numbers and placeholders only. */
const asNumber = (text: object) => text as unknown as number;

/** Searching for more parts than this costs more than it saves. */
const MOST_PARTS = 32;

/**
 * The ids of releases of all organizations whose version may contain `part`, ignoring case: at most `limit`, unordered. Null when there
 * is no index of parts: in PostgreSQL, and for less than three characters.
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
