import type { Database } from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { claimSqlite } from "./claim-sqlite.ts";
import { readerOf, txOf } from "./facade.ts";
import { createWriteQueue } from "./group-commit.ts";
import { migrateSqlite } from "./migrate-sqlite.ts";
import { inOneTick } from "./one-tick.ts";
import { reportToConsole } from "./report-to-console.ts";
import { tables } from "./schema.sqlite.ts";
import { explained, openReader, openWriter, type Synchronous } from "./sqlite-connection.ts";
import { cachedStatements } from "./sqlite-statements.ts";
import type { OnError, Store } from "./store.ts";
import { createUnits } from "./unit.ts";

export type SqliteOptions = {
  readonly path: string;
  /** "full", the default: an acknowledged write survives a power cut. "normal": the last ones may be lost then, nothing is damaged. */
  readonly synchronous?: Synchronous;
  /** Whether transactions that wait together share a commit; on unless a measurement turns it off. */
  readonly groupCommit?: boolean;
  /** For development and tests: throw when a transaction waits for anything but its database. */
  readonly guards?: boolean;
  /** For the serving process: throw `in_use` when another one serves this file. */
  readonly claim?: boolean;
  readonly onError?: OnError;
};

/**
 * Opens the SQLite file at `path` and brings its schema up to date, making file and directory when they are missing. Throws a
 * `StoreError`: `unwritable`, `not_a_database`, `newer_database`, `busy`, `in_use`.
 */
export async function openSqlite(options: SqliteOptions): Promise<Store> {
  const { path, synchronous = "full", groupCommit = true, guards = false, claim = false, onError = reportToConsole } = options;
  const undo: (() => void)[] = [];
  try {
    const writer = openWriter(path, synchronous);
    undo.push(() => writer.close());
    if (claim) undo.unshift(claimSqlite(path));
    migrateSqlite(writer);
    const reader = openReader(path);
    undo.push(() => reader.close());
    return store({ writer, reader, groupCommit, guards, onError, release: () => undo.toReversed().forEach((step) => step()) });
  } catch (error) {
    undo.toReversed().forEach((step) => step());
    throw explained(path, error);
  }
}

type Parts = {
  readonly writer: Database;
  readonly reader: Database;
  readonly groupCommit: boolean;
  readonly guards: boolean;
  readonly onError: OnError;
  readonly release: () => void;
};

function store({ writer, reader, groupCommit, guards, onError, release }: Parts): Store {
  // The queue waits for other processes itself, without stopping this one.
  writer.pragma("busy_timeout = 0");
  const origin = { dialect: "sqlite", tables } as const;
  const units = createUnits(onError);
  const tx = txOf(typedQueries(writer), origin, units, async () => true);
  const queue = createWriteQueue(writer, { grouped: groupCommit });
  const answers = reader.prepare("select 1");
  let closing: Promise<void> | undefined;
  return {
    dialect: origin.dialect,
    read: readerOf(typedQueries(reader), origin),
    async transaction(work) {
      units.refuseNesting();
      return await queue.add(() => units.run(tx, () => (guards ? inOneTick(() => work(tx)) : work(tx))));
    },
    ping: async () => void answers.get(),
    close: () => (closing ??= queue.drain().then(release)),
  };
}

/** Drizzle's types ask for a whole connection; it calls nothing of it but `prepare`. */
function typedQueries(connection: Database): object {
  return drizzle(cachedStatements(connection) as unknown as Database);
}
