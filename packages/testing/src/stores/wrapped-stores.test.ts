import { prepared } from "@landfall/db/sql/prepared";
import type { Reader, Store, Tx } from "@landfall/db/store";
import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fixtures } from "../rows/fixtures.ts";
import { openTestStore } from "./open-test-store.ts";
import type { TestStore } from "./test-store.ts";
import { countedStore, rowCounts, undoingStore } from "./wrapped-stores.ts";

const selectSlug = prepared((db: Reader, param: { id: number }) => {
  const { organizations } = db.tables;
  return db.select({ slug: organizations.slug }).from(organizations).where(eq(organizations.id, param.id)).prepare();
});

describe.each(["sqlite", "pglite"] as const)("a counted store over %s", { timeout: 60_000 }, (kind) => {
  test("counts every run of a query once, and returns the results of the store", async () => {
    const opened = await openTestStore(kind);
    const { store, taken } = countedStore(opened.store);
    await store.transaction((tx) => tx.insert(tx.tables.organizations).values({ slug: "acme", name: "Acme", dateCreated: new Date(0) }));
    const { organizations, users } = store.read.tables;
    expect(taken()).toBe(0);

    expect(await store.read.select().from(organizations)).toMatchObject([{ slug: "acme" }]);
    expect(taken()).toBe(1);

    const inner = store.read.select({ id: organizations.id }).from(organizations).where(eq(organizations.slug, "acme")).limit(1);
    const outer = store.read
      .select({ slug: organizations.slug })
      .from(organizations)
      .leftJoin(users, sql`false`)
      .where(inArray(organizations.id, inner));
    expect(taken()).toBe(0);
    expect(await outer.orderBy(organizations.id)).toEqual([{ slug: "acme" }]);
    expect(taken()).toBe(1);

    const derived = inner.as("derived");
    expect(await store.read.select({ id: derived.id }).from(derived)).toHaveLength(1);
    expect(await store.read.selectDistinct({ slug: organizations.slug }).from(organizations)).toHaveLength(1);
    expect(taken()).toBe(2);

    for (const id of [1, 2, 1]) await selectSlug(store.read, { id });
    expect(taken()).toBe(3);
    expect(taken()).toBe(0);
    await opened.close();
  });
});

describe.each(["sqlite", "pglite"] as const)("rows counted in %s", (kind) => {
  let opened: TestStore;
  beforeAll(async () => void (opened = await openTestStore(kind)));
  afterAll(() => opened.close());

  test("counts each table separately", async () => {
    const empty = await rowCounts(opened.store);
    expect(Object.keys(empty).toSorted()).toEqual(Object.keys(opened.store.read.tables).toSorted());
    expect(new Set(Object.values(empty))).toEqual(new Set([0]));
    await fixtures(opened.store).organization("acme");
    expect(await rowCounts(opened.store)).toEqual({ ...empty, organizations: 1 });
  });
});

describe("undoing store", () => {
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

  test("returns the result of the work, and rolls it back", async () => {
    const before = await rowCounts(real);
    expect(await store.transaction(insert)).toBe("acme");
    expect(await rowCounts(store)).toEqual(before);
  });

  test("the same work can run again", async () => {
    expect([await store.transaction(insert), await store.transaction(insert)]).toEqual(["acme", "acme"]);
  });

  test("throws the error of the work", async () => {
    const failure = new Error("no");
    await expect(store.transaction(() => Promise.reject(failure))).rejects.toBe(failure);
  });

  test("does not run after-commit work", async () => {
    const done: string[] = [];
    await store.transaction(async (tx) => {
      await insert(tx);
      tx.afterCommit(() => done.push("done"));
    });
    expect(done).toEqual([]);
  });

  test("returns undefined if the work does", async () => {
    expect(await store.transaction(() => Promise.resolve(undefined))).toBeUndefined();
  });
});
