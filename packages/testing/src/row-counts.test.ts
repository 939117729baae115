import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixtures } from "./fixtures.ts";
import { openTestStore } from "./open-test-store.ts";
import { rowCounts } from "./row-counts.ts";
import type { TestStore } from "./test-store.ts";

describe.each(["sqlite", "pglite"] as const)("rows counted in %s", (kind) => {
  let opened: TestStore;
  beforeAll(async () => void (opened = await openTestStore(kind)));
  afterAll(() => opened.close());

  test("every table is there, and a row more is seen in its table only", async () => {
    const empty = await rowCounts(opened.store);
    expect(Object.keys(empty).toSorted()).toEqual(Object.keys(opened.store.read.tables).toSorted());
    expect(new Set(Object.values(empty))).toEqual(new Set([0]));
    await fixtures(opened.store).organization("acme");
    expect(await rowCounts(opened.store)).toEqual({ ...empty, organizations: 1 });
  });
});
