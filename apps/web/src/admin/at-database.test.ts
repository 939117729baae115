import path from "node:path";
import { expect, test } from "vitest";
import { readEnv } from "../../env.ts";
import { withDatabase } from "./at-database.ts";

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
