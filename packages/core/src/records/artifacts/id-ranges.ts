import { setImmediate } from "node:timers/promises";
import type { Reader } from "@landfall/db/store";
import { and, type Column, gt, lte, max, type SQL } from "drizzle-orm";

/** The most rows that one statement reads, which takes a few milliseconds. */
export const ROWS_PER_STATEMENT = 5000;

type TableName = "artifactBundles" | "artifactReleases" | "blobs" | "releaseArchives" | "releaseFiles";

/** Ids greater than `after`, up to and including `upTo`. */
export type IdRange = { readonly after: number; readonly upTo: number };

/**
 * Ranges that cover the ids of a table, so that a statement for each of them reads at most `ROWS_PER_STATEMENT` rows. Other requests run
 * between two ranges.
 */
export async function* idRanges(db: Reader, name: TableName): AsyncGenerator<IdRange> {
  const table = db.tables[name];
  const [last] = await db.select({ id: max(table.id) }).from(table);
  for (let after = 0; after < (last?.id ?? 0); after += ROWS_PER_STATEMENT) {
    yield { after, upTo: after + ROWS_PER_STATEMENT };
    await setImmediate();
  }
}

/** Whether an id is in a range. */
export const inRange = (id: Column, { after, upTo }: IdRange): SQL | undefined => and(gt(id, after), lte(id, upTo));
