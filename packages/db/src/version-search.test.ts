import { openTestStore } from "@landfall/testing/open-test-store";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "./store.ts";
import { versionsWithPart } from "./version-search.ts";

const date = new Date("2026-01-02T03:04:05Z");

async function organization(store: Store): Promise<number> {
  const [row] = await store.transaction((tx) =>
    tx.insert(tx.tables.organizations).values({ slug: "acme", name: "Acme", dateCreated: date }).returning(),
  );
  return row?.id ?? 0;
}

const addRelease = (store: Store, organizationId: number, version: string): Promise<number> =>
  store.transaction(async (tx) => {
    const row = { organizationId, version, dateCreated: date, dateEffective: date, authorIds: [] };
    const [added] = await tx.insert(tx.tables.releases).values(row).returning();
    return added?.id ?? 0;
  });

describe("versionsWithPart in SQLite", () => {
  let test: Awaited<ReturnType<typeof openTestStore>>;
  let organizationId: number;
  const ids = new Map<string, number>();

  beforeAll(async () => {
    test = await openTestStore("sqlite");
    organizationId = await organization(test.store);
    for (const version of ["web@1.2.3", "web@1.2.4", "API@1.2.3", 'quo"te@1', "größe@1.0", "日本語版@1.0", "a%b_c"]) {
      ids.set(version, await addRelease(test.store, organizationId, version));
    }
  });
  afterAll(() => test.close());

  it.each([
    ["1.2.3", ["API@1.2.3", "web@1.2.3"]],
    ["web", ["web@1.2.3", "web@1.2.4"]],
    ["WEB@1.2.4", ["web@1.2.4"]],
    ["api", ["API@1.2.3"]],
    ['o"t', ['quo"te@1']],
    ["röß", ["größe@1.0"]],
    ["日本語", ["日本語版@1.0"]],
    ["a%b_c", ["a%b_c"]],
    ["nothing like it", []],
    ['" OR "web', []],
  ])("%s may be part of %j", async (part, versions) => {
    const found = await versionsWithPart(test.store.read, part, 100);
    const named = [...ids].filter(([, id]) => found?.includes(id)).map(([version]) => version);
    expect(named.toSorted()).toEqual(versions.toSorted());
  });

  it("does not know about less than three characters", async () => {
    expect(await versionsWithPart(test.store.read, "1.", 100)).toBeNull();
    expect(await versionsWithPart(test.store.read, "日本", 100)).toBeNull();
  });

  it("answers no more than asked for", async () => expect(await versionsWithPart(test.store.read, "web", 1)).toHaveLength(1));

  it("forgets a release with its row", async () => {
    const id = await addRelease(test.store, organizationId, "gone@9.9.9");
    expect(await versionsWithPart(test.store.read, "gone@9", 10)).toEqual([id]);
    await test.store.transaction((tx) => tx.delete(tx.tables.organizations).returning());
    expect(await versionsWithPart(test.store.read, "gone@9", 10)).toEqual([]);
    organizationId = await organization(test.store);
  });

  it("never misses a version that contains the part, whatever its characters", async () => {
    const text = fc.string({ unit: "grapheme", minLength: 3, maxLength: 20 }).filter((value) => !value.includes("\0"));
    await fc.assert(
      fc.asyncProperty(text, text, text, async (before, part, after) => {
        const version = `${before}${part}${after}`;
        const id = ids.get(version) ?? (await addRelease(test.store, organizationId, version));
        ids.set(version, id);
        const found = await versionsWithPart(test.store.read, part, 100_000);
        if (found !== null) expect(found).toContain(id);
      }),
      { seed: 7, numRuns: 150 },
    );
  });
});

describe("versionsWithPart in PostgreSQL", () => {
  it("leaves the search to the database", async () => {
    const { store, close } = await openTestStore("pglite");
    expect(await versionsWithPart(store.read, "web@1", 100)).toBeNull();
    await close();
  });
});
