import { sql } from "drizzle-orm";

/** A limit that stands in the statement's text. As a value, which Drizzle makes of a number, SQLite would plan anew at each run. */
export const literalLimit = (count: number): number => asNumber(sql.raw(String(Math.trunc(count))));

/** Drizzle takes SQL for a limit, as it takes a placeholder; its type says numbers and placeholders only. */
const asNumber = (text: object) => text as unknown as number;
