import { openTestStore, type TestStoreKind } from "@landfall/testing/open-test-store";
import { asc, eq, sql } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { anyOf } from "./any-of.ts";
import { placeholders } from "./placeholders.ts";
import { prepared } from "./prepared.ts";
import type { Reader, Tx } from "./store.ts";

const date = new Date("2026-01-02T03:04:05.678Z");

const byIds = prepared((db: Reader) => {
  const { organizations } = db.tables;
  return db.select().from(organizations).where(anyOf(organizations.id, "ids")).orderBy(asc(organizations.id)).prepare();
});

const bySlugs = prepared((db: Reader) => {
  const { organizations } = db.tables;
  return db.select().from(organizations).where(anyOf(organizations.slug, "slugs")).orderBy(asc(organizations.slug)).prepare();
});

const insert = prepared((tx: Tx) => {
  const { organizations } = tx.tables;
  return tx
    .insert(organizations)
    .values(placeholders(organizations, ["slug", "name", "openMembership", "dateCreated"]))
    .returning()
    .prepare();
});

describe.each(["sqlite", "pglite"] satisfies TestStoreKind[])("prepared statements with lists and columns, %s", (kind) => {
  async function three() {
    const { store, close } = await openTestStore(kind);
    onTestFinished(close);
    const ids = await store.transaction(async (tx) => {
      const made: number[] = [];
      for (const slug of ["a", `b"'`, "ö"]) {
        const [row] = await insert(tx, { slug, name: slug, openMembership: slug === "a", dateCreated: date });
        made.push(row?.id ?? 0);
      }
      return made;
    });
    return { store, ids };
  }

  it.each([
    ["none", []],
    ["one", [0]],
    ["some", [0, 2]],
    ["one twice", [1, 1]],
  ])("finds %s by id", async (_name, wanted) => {
    const { store, ids } = await three();
    const list = wanted.flatMap((index) => ids[index] ?? []);
    expect((await byIds(store.read, { ids: JSON.stringify(list) })).map((row) => row.id)).toEqual([...new Set(list)]);
  });

  it("finds by text, whatever stands in it", async () => {
    const { store } = await three();
    expect((await bySlugs(store.read, { slugs: JSON.stringify([`b"'`, "ö", "missing"]) })).map((row) => row.slug)).toEqual([`b"'`, "ö"]);
  });

  it("finds nothing for ids beyond what a column holds", async () => {
    const { store } = await three();
    expect(await byIds(store.read, { ids: JSON.stringify([Number.MAX_SAFE_INTEGER, -1]) })).toEqual([]);
  });

  it("stores dates and booleans through placeholders as they were given", async () => {
    const { store } = await three();
    const { organizations } = store.read.tables;
    const rows = await store.read.select().from(organizations).where(eq(organizations.slug, "a"));
    expect(rows).toMatchObject([{ dateCreated: date, openMembership: true }]);
    const [count] = await store.read
      .select({ closed: sql<number>`count(*)`.mapWith(Number) })
      .from(organizations)
      .where(eq(organizations.openMembership, false));
    expect(count).toEqual({ closed: 2 });
  });
});
