import { type Column, type SQL, sql } from "drizzle-orm";

/** No column that is searched holds a longer text, and SQLite refuses patterns of more than 50,000 bytes. */
const LONGEST = 1000;

/** Whether a column contains `text`; capital and small letters are the same from A to Z, which is what every database folds. */
export const containsText = (column: Column, text: string): SQL =>
  text.length > LONGEST ? sql`false` : sql`lower(${column}) like ${`%${escapeLike(foldCase(text))}%`} escape '\\'`;

/** The columns compare by bytes, so `lower` leaves the rest of Unicode alone; for a text of its own a database may do otherwise. */
const foldCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Makes `text` mean itself inside a LIKE pattern whose escape character is the backslash. */
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, String.raw`\$&`);
