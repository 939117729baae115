import { openTestStore } from "@landfall/testing/open-test-store";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { integerRows } from "./number-rows.ts";

describe.each(["sqlite", "pglite", "postgres"] as const)("rows of numbers in %s", (kind) => {
  it("are a table of columns 1, 2 …, however many there are", async () => {
    const { store, close } = await openTestStore(kind);
    const rows = Array.from({ length: 10_000 }, (_, index) => [index, -1 - index]);
    const number = (column: string) => sql<number>`${sql.raw(column)}`.mapWith(Number);
    const read = store.read.select({ one: number("given.column1"), two: number("given.column2") }).from(integerRows(rows, "given"));
    expect((await read).map(({ one, two }) => [one, two])).toEqual(rows);
    await close();
  });
});

describe("rows of numbers", () => {
  it.each([1.5, Number.NaN, Infinity, 2 ** 53])("hold no %d", (value) => {
    expect(() => integerRows([[1], [value]], "given")).toThrow("not rows of whole numbers");
  });
});
