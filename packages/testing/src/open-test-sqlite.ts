import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openSqlite } from "@landfall/db/open-sqlite";
import type { OpenTestStore } from "./test-store.ts";

let template: Promise<string> | undefined;
let opened = 0;

/** A copy of a file migrated once per process, with the guards on. */
export const openTestSqlite: OpenTestStore = async (options) => {
  template ??= migrateTemplate();
  const folder = await template;
  const file = path.join(folder, `${++opened}.db`);
  copyFileSync(path.join(folder, "template.db"), file);
  const store = await openSqlite({ path: file, synchronous: "normal", guards: true, ...options });
  return {
    store,
    dialect: store.dialect,
    async close() {
      await store.close();
      rmSync(file, { force: true });
    },
  };
};

async function migrateTemplate(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "landfall-test-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const store = await openSqlite({ path: path.join(folder, "template.db") });
  await store.close();
  return folder;
}
