import { eq } from "drizzle-orm";
import { expect, expectTypeOf, onTestFinished, test } from "vitest";
import { scratchFile } from "../../test/scratch-file.ts";
import { openSqlite } from "../sqlite/open.ts";
import type { Reader, Tx } from "../store.ts";
import { prepared } from "./prepared.ts";

async function setUp() {
  const store = await openSqlite({ path: scratchFile(), synchronous: "normal", guards: true });
  onTestFinished(() => store.close());
  const built: Reader[] = [];
  const find = prepared((db: Reader, param: { slug: string }) => {
    built.push(db);
    const { organizations } = db.tables;
    return db.select({ name: organizations.name }).from(organizations).where(eq(organizations.slug, param.slug)).prepare();
  });
  const insert = prepared((tx: Tx, param: { slug: string; name: string; date: Date }) => {
    const at = { slug: param.slug, name: param.name, dateCreated: param.date };
    return tx.insert(tx.tables.organizations).values(at).returning({ id: tx.tables.organizations.id }).prepare();
  });
  return { store, built, find, insert };
}

test("is built once per connection, and runs with each call's values", async () => {
  const { store, built, find, insert } = await setUp();
  const date = new Date(0);
  await store.transaction(async (tx) => {
    await insert(tx, { slug: "a", name: "A", date });
    await insert(tx, { slug: "b", name: "B", date });
    expect(await find(tx, { slug: "a" })).toEqual([{ name: "A" }]);
  });
  await store.transaction(async (tx) => expect(await find(tx, { slug: "b" })).toEqual([{ name: "B" }]));
  expect(await find(store.read, { slug: "a" })).toEqual([{ name: "A" }]);
  expect(await find(store.read, { slug: "c" })).toEqual([]);
  expect(built).toHaveLength(2);
});

test("runs when called, awaited or not", async () => {
  const { store, find, insert } = await setUp();
  await store.transaction(async (tx) => void insert(tx, { slug: "a", name: "A", date: new Date(0) }));
  expect(await find(store.read, { slug: "a" })).toEqual([{ name: "A" }]);
});

test("rows have the type of their columns, and a writing statement requires a Tx", async () => {
  const { store, find, insert } = await setUp();
  expectTypeOf(find).returns.resolves.toEqualTypeOf<{ name: string }[]>();
  expectTypeOf(insert).returns.resolves.toEqualTypeOf<{ id: number }[]>();
  expectTypeOf(insert).parameter(0).toEqualTypeOf<Tx>();
  // @ts-expect-error a Reader cannot write
  await expect(insert(store.read, { slug: "a", name: "A", date: new Date(0) })).rejects.toThrow("insert is not a function");
});
