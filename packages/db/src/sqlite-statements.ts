import type { Database, Statement } from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";

const most = { statements: 300, characters: 20_000 };

/**
 * What Drizzle needs of a connection, keeping compiled statements: compiling one costs as much as building its text. The longest
 * unused is dropped first; very long texts (inserts of many rows) are not kept.
 */
export function cachedStatements(db: Database): { prepare(text: string): Statement } {
  const cache = new Map<string, Statement>();
  return {
    prepare(text: string) {
      const cached = cache.get(text);
      if (cached) {
        cache.delete(text);
        cache.set(text, cached);
        return cached;
      }
      const statement = db.prepare(text);
      if (text.length > most.characters) return statement;
      cache.set(text, statement);
      const [oldest] = cache.keys();
      if (cache.size > most.statements && oldest !== undefined) cache.delete(oldest);
      return statement;
    },
  };
}

/** Drizzle's types ask for a whole connection; it calls nothing of it but `prepare`. */
export function typedQueries(connection: Database): object {
  return drizzle(cachedStatements(connection) as unknown as Database);
}
