import { type Column, type SQL, sql } from "drizzle-orm";

/** No column that is searched holds a longer text, and SQLite refuses patterns of more than 50,000 bytes. */
const LONGEST = 1000;

/** Whether a column contains `text`, in any case as far as the database folds it: SQLite only A to Z. */
export const containsText = (column: Column, text: string): SQL =>
  text.length > LONGEST ? sql`false` : sql`lower(${column}) like lower(${`%${escapeLike(text)}%`}) escape '\\'`;

/** Makes `text` mean itself inside a LIKE pattern whose escape character is the backslash. */
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, String.raw`\$&`);
