import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { nextTick } from "node:process";
import type { Database } from "better-sqlite3";
import { StoreError } from "../store-error.ts";
import { type OnError, readOnly, reportToConsole, type Store } from "../store.ts";
import { tables } from "../tables/schema.sqlite.ts";
import { createTransactionTracker, readerOf, txOf } from "../transactions.ts";
import { type CheckpointLimits, type Checkpoints, createCheckpoints } from "./checkpoints.ts";
import { assertUsable, claimSqlite } from "./claim.ts";
import { openReader, openWriter, type Synchronous, toStoreError, writeNoop } from "./connection.ts";
import { assertWholeDatabase, removePreviousAliases, resolveDatabase } from "./files.ts";
import { createWriteQueue } from "./group-commit.ts";
import { assertCurrentSqlite, migrateSqlite } from "./migrate.ts";
import { sqliteQueries } from "./session.ts";
import { openWalFile, type WalFile } from "./wal-file.ts";

export type SqliteOptions = {
  readonly path: string;
  /**
   * "full", the default: an acknowledged write survives a power cut. "normal": the last ones may be lost, but nothing is damaged.
   * Grouped transactions sync the log on the thread pool, single ones use SQLite's sync in each commit.
   */
  readonly synchronous?: Synchronous;
  /** Whether waiting transactions share a commit; true by default, turned off by benchmarks. */
  readonly groupCommit?: boolean;
  /** For development and tests: throws when a transaction awaits anything but its database. */
  readonly guards?: boolean;
  /** For the server: throws `in_use` when another process serves this file. */
  readonly claim?: boolean;
  readonly onError?: OnError;
  /** The settings of checkpoints; shorter in tests. */
  readonly checkpoints?: Partial<CheckpointLimits>;
};

/**
 * Opens the SQLite file at `path` and brings its schema up to date, creating file and directory if they are missing. Throws a
 * `StoreError`: `unwritable`, `not_a_database`, `newer_database`, `busy`, `in_use`, `unfinished_restore`, `missing_database`.
 */
export async function openSqlite(options: SqliteOptions): Promise<Store> {
  const { path, synchronous = "full", groupCommit = true, guards = false, claim = false, onError = reportToConsole } = options;
  const { checkpoints: limits = {} } = options;
  const undo: (() => void)[] = [];
  try {
    prepareOpening(path, { claim, undo });
    const writer = openWriter(path, synchronous === "full" && !groupCommit ? "full" : "normal");
    undo.push(() => writer.close());
    migrateSqlite(writer);
    // SQLite syncs a new log. It does so here, so that the first commit does not wait for it.
    writeNoop(writer);
    const wal = synchronous === "full" && groupCommit ? openWalFile(path) : null;
    undo.push(() => wal?.close());
    const reader = openReader(path);
    undo.push(() => reader.close());
    return store({ writer, reader, wal, groupCommit, guards, onError, limits, release: () => undo.toReversed().forEach((step) => step()) });
  } catch (error) {
    undo.toReversed().forEach((step) => step());
    throw toStoreError(path, error);
  }
}

/** Claims the file if requested, and rejects a database whose restore was interrupted. */
function prepareOpening(path: string, { claim, undo }: { readonly claim: boolean; readonly undo: (() => void)[] }): void {
  const file = resolveDatabase(path);
  if (!claim) return assertUsable(file);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  undo.push(claimSqlite(file));
  assertWholeDatabase(file);
  removePreviousAliases(file);
}

type Parts = {
  readonly writer: Database;
  readonly reader: Database;
  /** Null if SQLite's own syncs are used. */
  readonly wal: WalFile | null;
  readonly groupCommit: boolean;
  readonly guards: boolean;
  readonly onError: OnError;
  readonly limits: Partial<CheckpointLimits>;
  readonly release: () => void;
};

function store({ writer, reader, wal, groupCommit, guards, onError, limits, release }: Parts): Store {
  // The queue waits for other processes, without blocking the thread.
  writer.pragma("busy_timeout = 0");
  const origin = { dialect: "sqlite", tables } as const;
  const units = createTransactionTracker(onError);
  const tx = txOf(sqliteQueries(writer), origin, units, async () => true);
  const queue = createWriteQueue(writer, {
    grouped: groupCommit,
    sync: wal?.sync,
    onCommit: () => checkpoints.consider(),
    onRefusal(error) {
      isDurable = false;
      onError(error, "syncing the database");
    },
  });
  const checkpoints: Checkpoints = createCheckpoints({ writer, queue, onError, limits });
  const selectOne = reader.prepare("select 1");
  let isDurable = true;
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    await queue.drain();
    await checkpoints.stop();
    // After a failed sync the log may differ from what was written. The last connection to close copies it into the database, unless that
    // connection only reads.
    if (!isDurable) writer.close();
    release();
  }

  return {
    dialect: origin.dialect,
    read: readerOf(sqliteQueries(reader), origin),
    async transaction(work) {
      units.refuseNesting();
      return await queue.add(() => units.run(tx, () => (guards ? runInOneTick(() => work(tx)) : work(tx))));
    },
    ping: async () => void selectOne.get(),
    checkWritable: () =>
      queue.add(async () => {
        writeNoop(writer);
        return { value: undefined, afterCommit: () => {} };
      }),
    close: () => (closing ??= close()),
  };
}

/**
 * Opens the SQLite file at `path` for reading only, also while a server runs. Creates, migrates and writes nothing.
 *
 * @throws `StoreError`: `older_database` and `newer_database` for the schema of another build, `not_a_database`, `unwritable`,
 * `unfinished_restore`, `missing_database`.
 */
export async function openSqliteReader({ path }: { readonly path: string }): Promise<Store> {
  try {
    assertUsable(resolveDatabase(path));
    const reader = openReader(path);
    try {
      assertCurrentSqlite(reader);
      const selectOne = reader.prepare("select 1");
      return readOnly({
        dialect: "sqlite",
        read: readerOf(sqliteQueries(reader), { dialect: "sqlite", tables }),
        ping: async () => void selectOne.get(),
        close: async () => void reader.close(),
      });
    } catch (error) {
      reader.close();
      throw error;
    }
  } catch (error) {
    throw toStoreError(path, error);
  }
}

/**
 * Runs `work`, and throws if it had to wait for a later turn of the event loop (a timer, a file, a
 * socket). A `nextTick` callback runs exactly when no promise is left to continue; better-sqlite3 returns synchronously, so a transaction
 * that awaits only its database ends earlier. Must be called from a promise's continuation.
 */
export async function runInOneTick<T>(work: () => Promise<T>): Promise<T> {
  let waited = false;
  nextTick(() => {
    waited = true;
  });
  const value = await work();
  if (!waited) return value;
  throw new StoreError(
    "slow_transaction",
    "A transaction waited for something other than its database, which stops every other write. Do it before transaction(), or in afterCommit().",
  );
}
