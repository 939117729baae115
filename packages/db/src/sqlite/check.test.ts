import { openSync, statSync, writeFileSync, writeSync } from "node:fs";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { scratchFile } from "../../test/scratch-file.ts";
import { checkSqlite } from "./check.ts";

function database(...statements: string[]): string {
  const file = scratchFile();
  const db = new Database(file);
  db.pragma("foreign_keys = off");
  for (const statement of statements) db.exec(statement);
  db.close();
  return file;
}

const family =
  "create table parents (id integer primary key); create table children (id integer primary key, parent_id references parents (id))";

test("an intact file has no problems", async () => {
  expect(await checkSqlite(database(family, "insert into parents values (1); insert into children values (1, 1), (2, null)"))).toEqual([]);
});

test("counts dangling references by table", async () => {
  const file = database(family, "insert into children values (1, 1), (2, 2)");
  expect(await checkSqlite(file)).toEqual(["2 rows of children refer to rows of parents that do not exist."]);
});

test("reports a damaged page", async () => {
  const file = database("create table t (v)", ...Array.from({ length: 20 }, () => `insert into t values ('${"x".repeat(2_000)}')`));
  writeSync(openSync(file, "r+"), Buffer.alloc(512, 0xff), 0, 512, 4_096 * 2);
  expect(await checkSqlite(file)).toEqual([expect.stringMatching(/^The table t is damaged: /)]);
});

test("names the damaged tables and their first problems", async () => {
  const rows = (table: string) => Array.from({ length: 40 }, () => `insert into ${table} values ('${"x".repeat(2_000)}')`);
  const file = database("create table intact (v)", "create table damaged (v)", ...rows("intact"), ...rows("damaged"));
  const size = statSync(file).size;
  writeSync(openSync(file, "r+"), Buffer.alloc(4_096 * 4, 0xff), 0, 4_096 * 4, size - 4_096 * 5);
  const problems = await checkSqlite(file);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.filter((problem) => !problem.startsWith("The table damaged is damaged: "))).toEqual([]);
});

test.each([
  ["an empty file", () => writeFileSync, /is empty \(0 bytes\): it contains no database\.$/],
  [
    "a database without tables",
    () => (file: string) => new Database(file).exec("create table t (v); drop table t").close(),
    /contains no tables\.$/,
  ],
] as const)("%s is damaged", async (_, make, problem) => {
  const file = scratchFile();
  make()(file, "");
  expect(await checkSqlite(file)).toEqual([expect.stringMatching(problem)]);
});

test.each([
  [
    "something else",
    () => {
      const file = scratchFile("notes.txt");
      writeFileSync(file, "not a database ".repeat(100));
      return file;
    },
    /is not a SQLite database/,
  ],
  ["nothing", () => scratchFile("missing.db"), /missing\.db cannot be opened/],
] as const)("reports %s", async (_, file, problem) => {
  expect(await checkSqlite(file())).toEqual([expect.stringMatching(problem)]);
});
