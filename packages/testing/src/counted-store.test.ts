import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { eq, inArray, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { countedStore } from "./counted-store.ts";
import { openTestStore } from "./open-test-store.ts";

const selectSlug = prepared((db: Reader) => {
  const { organizations } = db.tables;
  return db
    .select({ slug: organizations.slug })
    .from(organizations)
    .where(eq(organizations.id, sql.placeholder("id")))
    .prepare();
});

describe.each(["sqlite", "pglite"] as const)("a counted store over %s", { timeout: 60_000 }, (kind) => {
  test("counts every run of a query once, and answers what the store would", async () => {
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
