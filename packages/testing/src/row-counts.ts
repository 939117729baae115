import type { Store } from "@landfall/db/store";
import { sql } from "drizzle-orm";

/** How many rows each table has, by the table's name. */
export type RowCounts = Readonly<Record<string, number>>;

/** Counts the rows of every table, in one statement: equal before and after a call, nothing was added or taken away by it. */
export async function rowCounts({ read }: Store): Promise<RowCounts> {
  const counts = Object.entries(read.tables).map(
    ([name, table]) => [name, sql<number>`(select count(*) from ${table})`.mapWith(Number)] as const,
  );
  const [row] = await read.select(Object.fromEntries(counts)).from(sql`(select 1) as one_row`);
  if (!row) throw new Error("counting answered nothing");
  return row;
}
