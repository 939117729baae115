import { chunked } from "@landfall/db/chunked";
import type { Store } from "@landfall/db/store";
import { fixtures } from "@landfall/testing/fixtures";
import { openTestStore } from "@landfall/testing/open-test-store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countCommits } from "./count-commits.ts";
import { findRecentCommits } from "./recent-commits.ts";

const START = Date.UTC(2026, 0, 1);
const NOBODY = 4;

describe.each(["sqlite", "pglite"] as const)("commits of people who wrote thousands, in %s", (kind) => {
  let store: Store;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ store, close } = await openTestStore(kind));
    const { id: organizationId } = await fixtures(store).organization("acme");
    const { repositories, commitAuthors, commits } = store.read.tables;
    const people = ["busy", "some", "few", "none"];
    await store.transaction(async (tx) => {
      await tx.insert(repositories).values({ organizationId, name: "app", dateCreated: new Date(START) });
      await tx.insert(commitAuthors).values(people.map((name) => ({ organizationId, email: `${name}@acme.test`, name })));
      const rows = [10_001, 2_500, 3].flatMap((count, author) =>
        Array.from({ length: count }, (_, index) => ({
          organizationId,
          repositoryId: 1,
          sha: `${author}-${index}`,
          authorId: author + 1,
          dateCreated: new Date(START + index * 1000),
        })),
      );
      for (const part of chunked(rows)) await tx.insert(commits).values(part);
    });
  });
  afterAll(() => close());

  test("are counted up to 10,000 of each, with the date of the last", async () => {
    expect(await countCommits(store.read, [1, 2, 3, NOBODY])).toEqual(
      new Map([
        [1, { count: 10_000, hasMore: true, last: new Date(START + 10_000_000) }],
        [2, { count: 2_500, hasMore: false, last: new Date(START + 2_499_000) }],
        [3, { count: 3, hasMore: false, last: new Date(START + 2_000) }],
        [NOBODY, { count: 0, hasMore: false, last: null }],
      ]),
    );
    expect(await countCommits(store.read, [])).toEqual(new Map());
  });

  test("are looked at no further back than 2,000 of each, and of all together", async () => {
    const recent = (...ids: number[]) => findRecentCommits(store.read, { all: true }, ids);
    const busy = await recent(1);
    expect([busy.length, busy[0], busy[1999]]).toEqual([2000, 10_001, 8_002]);
    expect(await recent(3)).toEqual([12_504, 12_503, 12_502]);
    expect(await recent(1, 3)).toEqual(busy);
    const both = await recent(2, 3);
    expect([both.length, both[0]]).toEqual([2000, 12_501]);
    expect([await recent(NOBODY), await recent()]).toEqual([[], []]);
  });

  test("are looked at within reach only", async () => {
    expect(await findRecentCommits(store.read, { all: false, ids: new Set([1]) }, [1, 2, 3])).toEqual([]);
    expect(await findRecentCommits(store.read, { all: false, ids: new Set() }, [1])).toEqual([]);
  });
});
