import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { isPostgresAvailable } from "./open-test-postgres.ts";
import { openTestStore, type TestStoreKind } from "./open-test-store.ts";

const kinds: readonly TestStoreKind[] = (await isPostgresAvailable()) ? ["sqlite", "pglite", "postgres"] : ["sqlite", "pglite"];

describe.each(kinds)("%s", { timeout: 60_000 }, (kind) => {
  const fill = async ({ store }: Awaited<ReturnType<typeof openTestStore>>) =>
    await store.transaction(async (tx) => {
      const { organizations } = tx.tables;
      const [created] = await tx
        .insert(organizations)
        .values({ slug: "a", name: "A", dateCreated: new Date(0) })
        .returning({ id: organizations.id });
      return created?.id;
    });

  test("each store is empty, starts its ids at 1, and is independent of others", async () => {
    const [one, other] = [await openTestStore(kind), await openTestStore(kind)];
    expect(one.dialect).toBe(kind === "sqlite" ? "sqlite" : "postgres");
    expect([await fill(one), await fill(other)]).toEqual([1, 1]);
    await Promise.all([one.close(), other.close()]);
    const next = await openTestStore(kind);
    expect(await next.store.read.$count(next.store.read.tables.organizations)).toBe(0);
    expect(await fill(next)).toBe(1);
    await next.close();
  });

  test("errors without a caller are passed to `onError`", async () => {
    const reported: unknown[] = [];
    const { store, close } = await openTestStore(kind, { onError: (error) => reported.push(error) });
    const error = new Error("after commit");
    await store.transaction(async (tx) => {
      tx.afterCommit(() => {
        throw error;
      });
    });
    await close();
    expect(reported).toEqual([error]);
  });
});

test("a closed SQLite store leaves no files", async () => {
  const folders = () => new Set(readdirSync(tmpdir()).filter((name) => name.startsWith("landfall-test-sqlite-")));
  const before = folders();
  const { store, close } = await openTestStore();
  const own = [...folders()].filter((name) => !before.has(name));
  expect(own.length).toBeGreaterThan(0);
  await store.ping();
  await close();
  const left = folders();
  expect(own.every((name) => left.has(name))).toBe(false);
});
