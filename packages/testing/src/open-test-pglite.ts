import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { openPglite } from "@landfall/db/open-pglite";
import { schemaKey } from "./schema-key.ts";
import type { OpenTestStore } from "./test-store.ts";

const free: PGlite[] = [];

/**
 * A PostgreSQL inside this process. Starting one takes long, so the files of a migrated one are kept in the temporary folder for
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
