import { sql } from "drizzle-orm";
import type { Reader } from "./store.ts";

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
