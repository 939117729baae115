import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { openPglite } from "@landfall/db/postgres/open-pglite";
import { openSqlite } from "@landfall/db/sqlite/open";
import { openTestPostgres } from "./open-test-postgres.ts";
import { type OpenTestStore, schemaKey, type TestStore } from "./test-store.ts";

export type TestStoreKind = "sqlite" | "pglite" | "postgres";

/** A copy of a file that is migrated once per process, in its own folder, with the guards enabled. */
export const openTestSqlite: OpenTestStore = async (options) => {
  template ??= migratedFile();
  const content = await template;
  const folder = scratchFolder();
  const file = path.join(folder, "landfall.db");
  writeFileSync(file, content);
  const store = await openSqlite({ path: file, synchronous: "normal", guards: true, ...options });
  return {
    store,
    dialect: store.dialect,
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/**
 * A PostgreSQL inside this process. Starting one takes long, so the files of a migrated one stay in the temporary folder for
 * later processes, and closing a store empties its tables for the next one of this process.
 */
export const openTestPglite: OpenTestStore = async (options) => {
  const client = free.pop() ?? (await startMigrated());
  const store = await openPglite({ client, ...options });
  return {
    store,
    dialect: store.dialect,
    close: async () => {
      await emptyTables(client);
      free.push(client);
    },
  };
};

const free: PGlite[] = [];

let template: Promise<Uint8Array> | undefined;

const scratchFolder = (): string => mkdtempSync(path.join(tmpdir(), "landfall-test-sqlite-"));

const kinds: Record<TestStoreKind, OpenTestStore> = { sqlite: openTestSqlite, pglite: openTestPglite, postgres: openTestPostgres };

/** A fresh, migrated, empty store: within milliseconds for SQLite, tens of milliseconds for the others after the first. */
export function openTestStore(kind: TestStoreKind = "sqlite", options: Parameters<OpenTestStore>[0] = {}): Promise<TestStore> {
  return kinds[kind](options);
}

/** In memory, since a test runner may kill its processes before they clean up. */
async function migratedFile(): Promise<Uint8Array> {
  const folder = scratchFolder();
  try {
    const file = path.join(folder, "template.db");
    await (await openSqlite({ path: file })).close();
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startMigrated(): Promise<PGlite> {
  const folder = path.join(tmpdir(), "landfall-test-pglite");
  const file = path.join(folder, `${schemaKey("postgres")}.tar`);
  if (existsSync(file)) return await PGlite.create({ loadDataDir: new Blob([readFileSync(file)]) });
  const client = await PGlite.create();
  await openPglite({ client });
  const files = await client.dumpDataDir("none");
  mkdirSync(folder, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, Buffer.from(await files.arrayBuffer()));
  renameSync(unfinished, file);
  return client;
}

async function emptyTables(client: PGlite): Promise<void> {
  const { rows } = await client.query<{ name: string }>("select quote_ident(tablename) as name from pg_tables where schemaname = 'public'");
  await client.exec(`truncate ${rows.map((row) => row.name).join(", ")} restart identity cascade`);
}
