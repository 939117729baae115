import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { type Write, writeAlone, writeTogether } from "./writer.ts";

/** Records the transactions of a database. */
function setUp(make: (db: Database.Database) => Write) {
  const seen: string[] = [];
  const db = new Database(":memory:", { verbose: (text) => void seen.push(String(text)) });
  db.exec("create table t (x)");
  const insert = db.prepare("insert into t values (?)");
  const rows = () => db.prepare("select x from t order by x").pluck().all();
  return { write: make(db), insert: (x: number) => insert.run(x), rows, commits: () => seen.filter((text) => text === "commit").length };
}

describe.each([
  ["alone", writeAlone],
  ["together", writeTogether],
])("writing %s", (_, make) => {
  it("returns the result after it is stored", async () => {
    const { write, insert, rows } = setUp(make);
    expect(await write(() => insert(1).changes)).toBe(1);
    expect(rows()).toEqual([1]);
  });

  it("rolls back only the failed work", async () => {
    const { write, insert, rows } = setUp(make);
    const results = await Promise.allSettled([
      write(() => insert(1)),
      write(() => {
        insert(2);
        throw new Error("no");
      }),
      write(() => insert(3)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(rows()).toEqual([1, 3]);
  });

  it("continues after a failure", async () => {
    const { write, insert, rows } = setUp(make);
    const fails = write(() => {
      throw new Error("no");
    });
    await expect(fails).rejects.toThrow("no");
    await write(() => insert(9));
    expect(rows()).toEqual([9]);
  });
});

describe("number of commits", () => {
  const burst = async (make: (db: Database.Database) => Write, count: number) => {
    const { write, insert, commits, rows } = setUp(make);
    await Promise.all(Array.from({ length: count }, (_, x) => write(() => insert(x))));
    expect(rows()).toHaveLength(count);
    return commits();
  };

  it("is one per piece of work without groups", async () => expect(await burst(writeAlone, 40)).toBe(40));
  it("is one for all waiting work in a group", async () => expect(await burst(writeTogether, 40)).toBe(1));
  it("is one per 256 pieces of work at least", async () => expect(await burst(writeTogether, 600)).toBeGreaterThanOrEqual(3));
});
