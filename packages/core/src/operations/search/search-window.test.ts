import type { Store } from "@landfall/db/store";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProjectReach } from "../../access/project-reach.ts";
import { countSearched, findSearchWindow, MESSAGE_LIMITS, TEXT_LIMITS } from "./search-window.ts";

describe.each(["sqlite", "pglite"] as const)("findSearchWindow in %s", (kind) => {
  let store: Store;
  let close: () => Promise<void>;
  let acme: number;
  let globex: number;

  beforeAll(async () => {
    ({ store, close } = await openTestStore(kind));
    const given = fixtures(store);
    [{ id: acme }, { id: globex }] = [await given.organization("acme"), await given.organization("globex")];
    await commits(acme, [1, 2, 60_000, 120_000]);
    await commits(globex, [50_000]);
    await files({ 60_000: 3, 120_000: 2 });
  });
  afterAll(() => close());

  const commits = (organizationId: number, ids: readonly number[]) =>
    store.transaction(async (tx) => {
      const { repositories, commits: table } = tx.tables;
      const [repository] = await tx
        .insert(repositories)
        .values({ organizationId, name: "app", dateCreated: new Date(0) })
        .returning();
      const repositoryId = repository?.id ?? 0;
      await tx
        .insert(table)
        .values(ids.map((id) => ({ id, organizationId, repositoryId, sha: `s${id}`, dateCreated: new Date(id * 1000) })));
    });

  const files = (counts: Readonly<Record<number, number>>) =>
    store.transaction(async (tx) => {
      const rows = Object.entries(counts).flatMap(([id, count]) =>
        Array.from({ length: count }, (_, n) => ({ commitId: Number(id), path: `f${n}`, type: "M" })),
      );
      await tx.insert(tx.tables.commitFiles).values(rows);
    });

  test("returns the newest commits, or those before the cursor", async () => {
    expect(await findSearchWindow(store.read, undefined, TEXT_LIMITS)).toEqual({ newest: 120_000, oldest: 70_001 });
    expect(await findSearchWindow(store.read, "70001", TEXT_LIMITS)).toEqual({ newest: 70_000, oldest: 20_001 });
    expect(await findSearchWindow(store.read, "20001", TEXT_LIMITS)).toEqual({ newest: 20_000, oldest: 1 });
    expect(await findSearchWindow(store.read, "1", TEXT_LIMITS)).toBeNull();
    expect(await findSearchWindow(store.read, "0", TEXT_LIMITS)).toBeNull();
  });

  test("returns more commits if only messages are read", async () => {
    expect(await findSearchWindow(store.read, undefined, MESSAGE_LIMITS)).toEqual({ newest: 120_000, oldest: 20_001 });
  });

  test("returns fewer commits if they changed many files, and only whole commits", async () => {
    const window = (files: number) => findSearchWindow(store.read, undefined, { commits: 1_000_000, files });
    expect([await window(1), await window(2), await window(4), await window(5)].map((found) => found?.oldest)).toEqual([
      120_000, 60_000, 60_000, 1,
    ]);
  });

  test.each(["x", "", "-1", "1.5", " 1", "12345678901234567", "9007199254740993"])("rejects the cursor %j", async (cursor) => {
    await expect(findSearchWindow(store.read, cursor, TEXT_LIMITS)).rejects.toThrow(expect.objectContaining({ code: "invalid" }));
  });

  test("accepts the largest cursor", async () => {
    expect(await findSearchWindow(store.read, String(Number.MAX_SAFE_INTEGER), TEXT_LIMITS)).toMatchObject({
      newest: Number.MAX_SAFE_INTEGER - 1,
    });
  });

  test("counts commits of the organization only, back to the oldest of them", async () => {
    const counted = (organizationId: number, newest: number, oldest: number, reach: ProjectReach = { all: true }) =>
      countSearched(store.read, { organizationId, reach, newest, oldest });
    expect(await counted(acme, 120_000, 20_001)).toEqual({ commits: 2, backTo: new Date(60_000_000) });
    expect(await counted(globex, 120_000, 1)).toEqual({ commits: 1, backTo: new Date(50_000_000) });
    expect(await counted(globex, 40_000, 1)).toEqual({ commits: 0, backTo: null });
    expect(await counted(acme, 120_000, 1, { all: false, ids: new Set([1]) })).toEqual({ commits: 0, backTo: null });
  });
});

test("findSearchWindow returns null on an empty server", async () => {
  const { store, close } = await openTestStore();
  expect(await findSearchWindow(store.read, undefined, TEXT_LIMITS)).toBeNull();
  await close();
});
