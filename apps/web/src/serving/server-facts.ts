import type { Reader } from "@landfall/db/store";
import { sql } from "drizzle-orm";
import { VERSION } from "./version.ts";

/** What a running process knows of itself. */
export type ServerProcess = { readonly startedAt: Date; readonly dataDir: string };

/** What those who look after a server want to know of it. */
export type ServerFacts = {
  readonly version: string;
  readonly startedAt: Date;
  /** `bytes`: all the database takes, but for what was not yet written back into it; null while it has no organization. */
  readonly database: { readonly kind: "sqlite" | "postgres"; readonly bytes: number | null };
  /** Where the data directory is, as a path of the server: not for everybody's eyes. */
  readonly dataDir: string;
};

/** Reads the facts; one statement. */
export async function readServerFacts(db: Reader, { startedAt, dataDir }: ServerProcess): Promise<ServerFacts> {
  const bytes = BYTES[db.dialect].mapWith(Number);
  const [row] = await db.select({ bytes }).from(db.tables.organizations).limit(1);
  return { version: VERSION, startedAt, database: { kind: db.dialect, bytes: row?.bytes ?? null }, dataDir };
}

const BYTES = {
  sqlite: sql<number>`(select page_count * page_size from pragma_page_count(), pragma_page_size())`,
  postgres: sql<number>`pg_database_size(current_database())`,
};
