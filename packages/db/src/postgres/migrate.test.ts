import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { expect, onTestFinished, test } from "vitest";
import { migrationsFolder } from "../migrations.ts";
import { assertCurrentPostgres, migratePostgres } from "./migrate.ts";

test("compares the schema with this build's, and changes nothing", async () => {
  const client = new PGlite();
  onTestFinished(() => client.close());
  const connection = drizzle({ client });
  const tables = async () => (await client.query("select 1 from pg_tables where schemaname in ('public', 'drizzle')")).rows.length;
  await expect(assertCurrentPostgres(connection)).rejects.toMatchObject({ code: "older_database" });
  expect(await tables()).toBe(0);
  await migratePostgres(connection, () => migrate(connection, { migrationsFolder: migrationsFolder("postgres") }));
  await assertCurrentPostgres(connection);
  const record = "drizzle.__drizzle_migrations";
  await client.exec(`delete from ${record} where created_at = (select max(created_at) from ${record})`);
  const before = await tables();
  await expect(assertCurrentPostgres(connection)).rejects.toMatchObject({
    code: "older_database",
    message: expect.stringMatching(/^The database was last used by an older version of Landfall \(1 missing migration\)/),
  });
  expect(await tables()).toBe(before);
  await client.exec(`insert into ${record} (hash, created_at) values ('later', 9999999999999)`);
  await expect(assertCurrentPostgres(connection)).rejects.toMatchObject({ code: "newer_database" });
});
