import Database from "better-sqlite3";
import { expect, test, vi } from "vitest";
import { cachedStatements } from "./sqlite-statements.ts";

function setUp() {
  const db = new Database(":memory:");
  const prepare = vi.spyOn(db, "prepare");
  return { db, statements: cachedStatements(db), compiled: () => prepare.mock.calls.map(([text]) => text) };
}

const numbered = (n: number) => `select ${n} as n`;

test("the same text is compiled once", () => {
  const { statements, compiled } = setUp();
  expect(statements.prepare("select 1 as one")).toBe(statements.prepare("select 1 as one"));
  expect(statements.prepare("select 2 as two").all()).toEqual([{ two: 2 }]);
  expect(compiled()).toEqual(["select 1 as one", "select 2 as two"]);
});

test("the longest unused goes first when there are too many", () => {
  const { statements, compiled } = setUp();
  for (let n = 0; n < 300; n++) statements.prepare(numbered(n));
  statements.prepare(numbered(0));
  statements.prepare(numbered(300));
  statements.prepare(numbered(0));
  statements.prepare(numbered(1));
  expect(compiled().slice(300)).toEqual([numbered(300), numbered(1)]);
});

test("a very long text is compiled each time", () => {
  const { statements, compiled } = setUp();
  const long = `select length('${"x".repeat(20_001)}') as n`;
  expect([statements.prepare(long).all(), statements.prepare(long).all()]).toEqual([[{ n: 20_001 }], [{ n: 20_001 }]]);
  expect(compiled()).toHaveLength(2);
});

test("a text that does not compile is not remembered", () => {
  const { statements, db } = setUp();
  expect(() => statements.prepare("select * from late")).toThrow("no such table");
  db.exec("create table late (n)");
  expect(statements.prepare("select * from late").all()).toEqual([]);
});

test("a kept statement follows a change of the schema", () => {
  const { statements, db } = setUp();
  db.exec("create table t (a); insert into t values (1)");
  expect(statements.prepare("select * from t").all()).toEqual([{ a: 1 }]);
  db.exec("alter table t add column b default 2");
  expect(statements.prepare("select * from t").all()).toEqual([{ a: 1, b: 2 }]);
});
