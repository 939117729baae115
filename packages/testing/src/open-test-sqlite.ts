import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openSqlite } from "@landfall/db/open-sqlite";
import type { OpenTestStore } from "./test-store.ts";

let template: Promise<Uint8Array> | undefined;

/** A copy of a file migrated once per process, in a folder of its own, with the guards on. */
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

/** Kept in memory: a test runner may end its processes without a chance to clean up. */
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

const scratchFolder = (): string => mkdtempSync(path.join(tmpdir(), "landfall-test-sqlite-"));
