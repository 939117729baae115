import type { QueryConfig } from "pg";
import { expect, test } from "vitest";
import { namedStatements } from "./open.ts";

function setUp() {
  const queries: { name: string | undefined; text: string; values: unknown[] }[] = [];
  const connection = {
    query: async ({ name, text }: QueryConfig, values: unknown[]) => {
      queries.push({ name, text, values });
      return { command: "SELECT", rowCount: 0, oid: 0, fields: [], rows: [] };
    },
  };
  return { queries, open: () => namedStatements(connection) };
}

const config = (text: string): QueryConfig => ({ text });

test("a query that runs once has no name, even if its text is repeated", async () => {
  const { queries, open } = setUp();
  const connection = open();
  for (const n of [1, 2, 3]) await connection.query(config("select $1"), [n]);
  expect(queries).toEqual([1, 2, 3].map((n) => ({ name: undefined, text: "select $1", values: [n] })));
});

test("a prepared query is named from the second run on, and has the values of each run", async () => {
  const { queries, open } = setUp();
  const connection = open();
  const again = config("select $1");
  for (const n of [1, 2, 3]) await connection.query(again, [n]);
  expect(queries.map(({ values }) => values)).toEqual([[1], [2], [3]]);
  const [first, second, third] = queries.map(({ name }) => name);
  expect(first).toBeUndefined();
  expect(second).toMatch(/^[\w-]{43}$/); // PostgreSQL cuts names at 63 bytes
  expect(third).toBe(second);
  expect(again).toEqual({ text: "select $1" });
});

test("the same text has the same name everywhere, and another text another name", async () => {
  const { queries, open } = setUp();
  for (const text of ["select 1", "select 1", "select 2"]) {
    const connection = open();
    const again = config(text);
    await connection.query(again, []);
    await connection.query(again, []);
  }
  const names = queries.flatMap(({ name }) => name ?? []);
  expect(names).toHaveLength(3);
  expect(names[0]).toBe(names[1]);
  expect(names[2]).not.toBe(names[0]);
});
