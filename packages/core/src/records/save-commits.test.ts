import type { Store } from "@landfall/db/store";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { asc } from "drizzle-orm";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ensureRepositories } from "./repositories.ts";
import { ensureAuthors } from "./authors.ts";
import { type CommitDraft, commitKey, storeCommits } from "./save-commits.ts";

const NOW = new Date("2026-01-01T00:00:00.000Z");
const THEN = new Date("2018-12-19T19:25:49.971Z");

describe.each(["sqlite", "pglite"] as const)("storeCommits in %s", (kind) => {
  let store: Store;
  let close: () => Promise<void>;
  let organizationId: number;
  let app: number;
  let web: number;
  let ada: number;

  beforeEach(async () => {
    ({ store, close } = await openTestStore(kind));
    ({ id: organizationId } = await fixtures(store).organization("acme"));
    await store.transaction(async (tx) => {
      const repositories = await ensureRepositories(tx, organizationId, new Set(["app", "web"]), NOW);
      app = repositories.get("app")?.id ?? 0;
      web = repositories.get("web")?.id ?? 0;
      ada =
        (await ensureAuthors(tx, { organizationId, reach: { all: true } }, new Map([["ada@example.com", "Ada"]]))).get("ada@example.com") ??
        0;
    });
  });
  afterEach(() => close());

  const draft = (sha: string, more: Partial<CommitDraft> = {}): CommitDraft => ({
    repositoryId: app,
    sha,
    message: undefined,
    authorId: undefined,
    dateCreated: undefined,
    fixes: undefined,
    ...more,
  });
  const save = (...drafts: CommitDraft[]) =>
    store.transaction((tx) => storeCommits(tx, { organizationId, reach: { all: true }, added: new Set() }, drafts, NOW));
  const rows = () => {
    const { commits } = store.read.tables;
    return store.read.select().from(commits).orderBy(asc(commits.id));
  };

  test("stores every value and returns the commits by repository and sha", async () => {
    const stored = await save(draft("a", { message: "Fixes APP-1", authorId: ada, dateCreated: THEN, fixes: ["APP-1"] }));
    const [row] = await rows();
    expect(row).toEqual({
      id: expect.any(Number),
      organizationId,
      repositoryId: app,
      sha: "a",
      message: "Fixes APP-1",
      authorId: ada,
      fixes: ["APP-1"],
      dateCreated: THEN,
    });
    expect(stored.get(commitKey({ repositoryId: app, sha: "a" }))).toMatchObject({
      id: row?.id,
      repositoryId: app,
      sha: "a",
      authorId: ada,
    });
  });

  test("dates a commit without values now", async () => {
    await save(draft("a"));
    expect(await rows()).toEqual([expect.objectContaining({ message: null, authorId: null, fixes: null, dateCreated: NOW })]);
  });

  test("treats a sha as another commit in another repository or in different case (contract 14.3)", async () => {
    const stored = await save(draft("a"), draft("a", { repositoryId: web }), draft("A"));
    expect([...stored.keys()].toSorted()).toEqual([`${app}:A`, `${app}:a`, `${web}:a`].toSorted());
    expect(await rows()).toHaveLength(3);
  });

  test("updates the values that were sent and keeps the others (contract 14.3)", async () => {
    await save(draft("a", { message: "Fixes APP-1", authorId: ada, dateCreated: THEN, fixes: ["APP-1"] }));
    const [before] = await rows();
    await save(draft("a"));
    expect(await rows()).toEqual([before]);
    await save(draft("a", { message: "none", fixes: null }));
    expect(await rows()).toEqual([{ ...before, message: "none", fixes: null }]);
    await save(draft("a", { dateCreated: NOW }));
    expect(await rows()).toEqual([{ ...before, message: "none", fixes: null, dateCreated: NOW }]);
    await save(draft("a", { message: "" }));
    expect(await rows()).toEqual([{ ...before, message: "", fixes: null, dateCreated: NOW }]);
  });

  test("merges a commit that was sent twice, with the last value of each field", async () => {
    await save(
      draft("a", { message: "first", authorId: ada, dateCreated: THEN }),
      draft("a", { message: "second", fixes: ["APP-2"] }),
      draft("a"),
    );
    expect(await rows()).toEqual([expect.objectContaining({ message: "second", fixes: ["APP-2"], authorId: ada, dateCreated: THEN })]);
  });

  test("stores any number of known and unknown commits at once", async () => {
    await save(...Array.from({ length: 700 }, (_, index) => draft(`a${index * 2}`)));
    const stored = await save(...Array.from({ length: 1400 }, (_, index) => draft(`a${index}`, { message: `m${index}` })));
    expect(stored.size).toBe(1400);
    const all = await rows();
    expect(all).toHaveLength(1400);
    expect(all.every(({ sha, message }) => message === `m${sha.slice(1)}`)).toBe(true);
    expect(await save()).toEqual(new Map());
  });

  test("stores the same as one call per commit", async () => {
    const field = <T>(...values: T[]) => fc.constantFrom(undefined, ...values);
    const any = fc.record({
      sha: fc.constantFrom("a", "b", "c"),
      repositoryId: fc.constantFrom("app", "web"),
      message: field("x", "y", ""),
      dateCreated: field(THEN, NOW),
    });
    const plain = async () => (await rows()).map(({ id: _id, ...row }) => row);
    const clear = () =>
      store.transaction(async (tx) => {
        await tx.delete(tx.tables.commits);
      });
    const property = fc.asyncProperty(fc.array(any, { maxLength: 6 }), fc.array(any, { maxLength: 6 }), async (first, second) => {
      const [one, other] = [first, second].map((list) =>
        list.map(({ repositoryId, ...more }) => draft(more.sha, { ...more, repositoryId: repositoryId === "app" ? app : web })),
      );
      if (!one || !other) return;
      await clear();
      await save(...one);
      await save(...other);
      const together = await plain();
      await clear();
      for (const single of [...one, ...other]) await save(single);
      const inOrder = (list: typeof together) => list.map((row) => JSON.stringify(row)).toSorted();
      expect(inOrder(together)).toEqual(inOrder(await plain()));
    });
    await fc.assert(property, { seed: 1, numRuns: kind === "sqlite" ? 60 : 10 });
  });
});
