import { type SQL, sql } from "drizzle-orm";

/**
 * Rows of whole numbers as a table, whose columns both databases call column1, column2 and so on. The numbers stand in the statement,
 * since PostgreSQL takes values given beside it for text. At least one row; throws for what is no whole number.
 */
export function integerRows(rows: readonly (readonly number[])[], name: string): SQL {
  if (!rows.flat().every(Number.isSafeInteger)) throw new TypeError("not rows of whole numbers");
  return sql`(values ${sql.raw(rows.map((row) => `(${row.join(", ")})`).join(", "))}) as ${sql.raw(name)}`;
}
