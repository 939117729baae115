import { expect, test } from "vitest";
import { runScript } from "../test/run-script.ts";
import { scratchFile } from "../test/scratch-file.ts";
import { claimSqlite } from "./claim-sqlite.ts";

test("a second claim is refused until the first is given back", () => {
  const file = scratchFile("landfall.db");
  const release = claimSqlite(file);
  expect(() => claimSqlite(file)).toThrow(expect.objectContaining({ code: "in_use", message: expect.stringContaining(file) }));
  release();
  claimSqlite(file)();
});

test("another process is refused too, and its claim dies with it", async () => {
  const file = scratchFile("landfall.db");
  const other = runScript("claim.ts", file);
  await other.said("claimed");
  expect(() => claimSqlite(file)).toThrow(expect.objectContaining({ code: "in_use" }));
  await other.kill();
  claimSqlite(file)();
});

test("a place that cannot be written is said to be so", () => {
  expect(() => claimSqlite(`${scratchFile("missing/folder")}/landfall.db`)).toThrow(expect.objectContaining({ code: "unwritable" }));
});
