import { statSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { backupSqlite } from "../src/sqlite/backup.ts";
import { checkSqlite } from "../src/sqlite/check.ts";
import { openSqlite } from "../src/sqlite/open.ts";
import { runScript } from "./run-script.ts";
import { scratchFile } from "./scratch-file.ts";

/** A folder with `backup.db`, which contains "new", and `landfall.db`, which contains "old" and, in the log of a killed process, "logged". */
export async function folderToRestoreIn(): Promise<string> {
  const backup = scratchFile("backup.db");
  const source = scratchFile("source.db");
  await createWith(source, "new");
  await backupSqlite(source, backup);
  const database = path.join(path.dirname(backup), "landfall.db");
  await createWith(database, "old");
  const killed = runScript("write-and-stay.ts", database);
  await killed.waitFor("logged");
  await killed.kill();
  expect(statSync(`${database}-wal`).size).toBeGreaterThan(0);
  return path.dirname(backup);
}

/** Creates a database with one organization. */
export async function createWith(file: string, slug: string): Promise<void> {
  const store = await openSqlite({ path: file });
  await store.transaction((tx) => tx.insert(tx.tables.organizations).values({ slug, name: slug, dateCreated: new Date(0) }));
  await store.close();
}

/** The organizations in an intact database, opened as by a server. */
export async function slugsIn(file: string): Promise<string[]> {
  const store = await openSqlite({ path: file, claim: true });
  const { organizations } = store.read.tables;
  const rows = await store.read.select({ slug: organizations.slug }).from(organizations).orderBy(organizations.id);
  expect(await checkSqlite(file)).toEqual([]);
  await store.close();
  return rows.map(({ slug }) => slug);
}
