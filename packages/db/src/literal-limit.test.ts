import { openTestStore, type TestStoreKind } from "@landfall/testing/open-test-store";
import { asc } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { literalLimit } from "./literal-limit.ts";

describe.each(["sqlite", "pglite"] satisfies TestStoreKind[])("literalLimit in %s", (kind) => {
  it.each([
    [0, []],
    [2, ["a", "b"]],
    [2.9, ["a", "b"]],
    [1000, ["a", "b", "c"]],
  ])("%d ends a list there, from within the statement's text", async (count, expected) => {
    const { store, close } = await openTestStore(kind);
    onTestFinished(close);
    const rows = ["a", "b", "c"].map((slug) => ({ slug, name: slug, dateCreated: new Date(0) }));
    await store.transaction((tx) => tx.insert(tx.tables.organizations).values(rows));
    const { organizations } = store.read.tables;
    const list = store.read
      .select({ slug: organizations.slug })
      .from(organizations)
      .orderBy(asc(organizations.id))
      .limit(literalLimit(count));
    expect((await list).map(({ slug }) => slug)).toEqual(expected);
    expect(list.toSQL()).toMatchObject({ sql: expect.stringMatching(new RegExp(`limit ${Math.trunc(count)}$`)), params: [] });
  });
});
