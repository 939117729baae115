import { copyFileSync, mkdtempSync, renameSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { scratchFile } from "../../test/scratch-file.ts";
import { openSqlite } from "./open.ts";

async function setUp() {
  const file = scratchFile();
  const errors: unknown[] = [];
  const store = await openSqlite({ path: file, onError: (error) => errors.push(error) });
  onTestFinished(() => store.close());
  const write = (slug: string) =>
    store.transaction((tx) => tx.insert(tx.tables.organizations).values({ slug, name: slug, dateCreated: new Date(0) }));
  await write("first");
  return { log: `${file}-wal`, store, write, errors };
}

test.each([
  ["deleted", (log: string) => rmSync(log)],
  ["replaced", (log: string) => (copyFileSync(log, `${log}.copy`), renameSync(`${log}.copy`, log))],
])("a write to a log that was %s fails, and so do all later ones", async (_, change) => {
  const { log, store, write, errors } = await setUp();
  await store.checkWritable();
  change(log);
  await expect(write("lost")).rejects.toMatchObject({ code: "failed_sync", message: expect.stringMatching(/test\.db/) });
  await expect(write("later")).rejects.toMatchObject({ code: "failed_sync" });
  await expect(store.checkWritable()).rejects.toMatchObject({ code: "failed_sync" });
  expect(errors).toMatchObject([{ code: "failed_sync" }]);
});

test("the log of a database is found through a link", async () => {
  const file = scratchFile("real/landfall.db");
  await (await openSqlite({ path: file })).close();
  const folder = mkdtempSync(path.join(path.dirname(file), "links-"));
  const link = path.join(folder, "landfall.db");
  symlinkSync(file, link);
  const store = await openSqlite({ path: link });
  await store.transaction((tx) => tx.insert(tx.tables.organizations).values({ slug: "a", name: "a", dateCreated: new Date(0) }));
  expect(await store.read.$count(store.read.tables.organizations)).toBe(1);
  await store.close();
});
