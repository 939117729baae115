import path from "node:path";
import { expect, test } from "vitest";
import { readEnv } from "../../env.ts";
import { readAllPages, withDatabase } from "./with-app.ts";

const env = readEnv({ NODE_ENV: "test", LANDFALL_DATABASE_URL: "postgres://one.test/a", LANDFALL_DATA_DIR: "/srv/landfall" });

test("without another database, it is the server's", () => {
  expect(withDatabase(env, undefined)).toBe(env);
});

test.each(["postgres://two.test/b", "postgresql://two.test/b"])("%s is another PostgreSQL", (address) => {
  expect(withDatabase(env, address)).toEqual({ ...env, databaseUrl: address });
});

test("anything else is a file, from here on", () => {
  const databaseFile = path.join(process.cwd(), "some", "where.db");
  expect(withDatabase(env, "some/where.db")).toEqual({ ...env, databaseUrl: null, databaseFile, dataDir: path.dirname(databaseFile) });
});

const link = (cursor: string, hasResults: boolean) => ({ cursor, hasResults });

test("pages are followed until one has nothing after it", async () => {
  const asked: string[] = [];
  const pages: Record<string, { items: number[]; next: ReturnType<typeof link> | null }> = {
    "": { items: [1, 2], next: link("a", true) },
    a: { items: [3], next: link("b", true) },
    b: { items: [], next: link("c", false) },
  };
  const items = await readAllPages((cursor) => {
    asked.push(cursor);
    return Promise.resolve({ items: [], next: null, ...pages[cursor], previous: null });
  });
  expect(items).toEqual([1, 2, 3]);
  expect(asked).toEqual(["", "a", "b"]);
});

test("a list that is nothing at all", async () => {
  expect(await readAllPages(() => Promise.resolve({ items: [], previous: null, next: null }))).toEqual([]);
});
