import type { Store, Tx } from "@landfall/db/store";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestStore } from "./open-test-store.ts";
import { rowCounts } from "./row-counts.ts";
import { undoingStore } from "./undoing-store.ts";

let real: Store;
let store: Store;
beforeEach(async () => {
  ({ store: real } = await openTestStore());
  store = undoingStore(real);
});
afterEach(() => real.close());

const insert = async (tx: Tx) => {
  const { organizations } = tx.tables;
  const [row] = await tx
    .insert(organizations)
    .values({ slug: "acme", name: "Acme", dateCreated: new Date(0) })
    .returning();
  return row?.slug;
};

test("answers what the work answered, and keeps nothing of it", async () => {
  const before = await rowCounts(real);
  expect(await store.transaction(insert)).toBe("acme");
  expect(await rowCounts(store)).toEqual(before);
});

test("the same can be done again", async () => {
  expect([await store.transaction(insert), await store.transaction(insert)]).toEqual(["acme", "acme"]);
});

test("throws what the work throws", async () => {
  const failure = new Error("no");
  await expect(store.transaction(() => Promise.reject(failure))).rejects.toBe(failure);
});

test("does not do what was to be done after the commit", async () => {
  const done: string[] = [];
  await store.transaction(async (tx) => {
    await insert(tx);
    tx.afterCommit(() => done.push("done"));
  });
  expect(done).toEqual([]);
});

test("an answer of undefined is one", async () => {
  expect(await store.transaction(() => Promise.resolve(undefined))).toBeUndefined();
});
