import { chunked } from "@landfall/db/sql/insert-rows";
import type { Store } from "@landfall/db/store";
import type { Callers } from "@landfall/testing/access/callers";
import type { TestApp } from "@landfall/testing/create-test-app";
import { mergeDirectly, writeRelease } from "@landfall/testing/rows/direct-rows";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { findRecentCommits } from "./get.ts";
import { countCommits, listContributors } from "./list.ts";
import { openContributorsWorld } from "./contributors.fixture.ts";

const acme = { organization: "acme" };

describe.each(["sqlite", "pglite"] as const)("listContributors in %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let owner: Context;
  let nearMember: Context;

  beforeAll(async () => {
    const world = await openContributorsWorld(kind);
    const { organizationId: id } = world;
    ({ bench, as, owner, wim: nearMember } = world);
    await writeRelease(owner, { version: "1", projects: ["pump"], date: "2026-01-01T00:00:00Z" }, [
      "Eva <eva@acme.test>",
      "Eva <eva@acme.test>",
      "E. van Dam <eva@home.test>",
      "Wim at home <wim@home.test>",
      "renovate[bot] <renovate@bots.test>",
    ]);
    await writeRelease(owner, { version: "2", projects: ["valve"], date: "2026-02-01T00:00:00Z" }, [
      "Zoë <zoe@acme.test>",
      "Eva <eva@old.test>",
      "<nobody@acme.test>",
      "Wim <wim@acme.test>",
    ]);
    const foreign = await as.ci("globex");
    await writeRelease(foreign, { organization: "globex", version: "1", projects: ["only"] }, ["Mallory <eva@acme.test>"]);
    await mergeDirectly(bench.app.store, id, "eva@acme.test", ["eva@home.test", "eva@old.test"]);
  });
  afterAll(() => bench.close());

  const names = async (context: Context, input: object = {}) =>
    (await listContributors(context, { ...acme, ...input })).items.map(({ name, email }) => name ?? email);

  test("lists each contributor once, by name, with all addresses and commit counts", async () => {
    const { items } = await listContributors(owner, acme);
    expect(
      items.map(({ name, email, emails, commitCount, lastCommit, isBot }) => [
        name ?? email,
        emails.join(" "),
        commitCount,
        lastCommit,
        isBot,
      ]),
    ).toEqual([
      ["Eva", "eva@acme.test eva@home.test eva@old.test", 4, "2026-02-01T00:01:00Z", false],
      ["nobody@acme.test", "nobody@acme.test", 1, "2026-02-01T00:02:00Z", false],
      ["renovate[bot]", "renovate@bots.test", 1, "2026-01-01T00:04:00Z", true],
      ["Wim", "wim@acme.test wim@home.test", 2, "2026-02-01T00:03:00Z", false],
      ["Zoë", "zoe@acme.test", 1, "2026-02-01T00:00:00Z", false],
    ]);
    expect(items.map(({ userId }) => typeof userId)).toEqual(["object", "object", "object", "string", "object"]);
    expect(items.some(({ hasMoreCommits }) => hasMoreCommits)).toBe(false);
  });

  test.each([
    [{ query: "HOME" }, ["Eva", "Wim"]],
    [{ query: " home  eva " }, ["Eva"]],
    [{ query: "eva zoe" }, []],
    [{ query: "%" }, []],
    [{ query: "" }, ["Eva", "nobody@acme.test", "renovate[bot]", "Wim", "Zoë"]],
    [{ bots: "only" }, ["renovate[bot]"]],
    [{ bots: "without", query: "o" }, ["Eva", "nobody@acme.test", "Wim", "Zoë"]],
    [{ per_page: 2 }, ["Eva", "nobody@acme.test"]],
    [{ per_page: 2, cursor: "2:2:0" }, ["Zoë"]],
    [{ per_page: 2, cursor: "2:9:0" }, []],
  ])("filters by %j", async (input, expected) => {
    expect(await names(owner, input)).toEqual(expected);
  });

  test("lists only contributors within reach, with the addresses used there and the main one, without commit counts", async () => {
    const { items } = await listContributors(nearMember, acme);
    expect(items.map(({ name, emails, commitCount, lastCommit }) => [name, emails.join(" "), commitCount, lastCommit])).toEqual([
      ["Eva", "eva@acme.test eva@home.test", null, null],
      ["renovate[bot]", "renovate@bots.test", null, null],
      ["Wim", "wim@acme.test wim@home.test", null, null],
    ]);
    expect(await names(nearMember, { query: "old.test" })).toEqual([]);
  });

  test("is empty for a member without a project", async () => {
    await bench.given.user("new@acme.test", acme);
    expect(await names(await as.person("new@acme.test"))).toEqual([]);
  });

  test("rejects an invalid filter at its field", async () => {
    const rejected = listContributors.call(owner, acme, () => ({ bots: "all" }));
    await expect(rejected).rejects.toThrow(
      expect.objectContaining({ issues: [{ path: ["bots"], message: '"all" is not a valid choice.' }] }),
    );
    await expect(listContributors(owner, { ...acme, cursor: "x" })).rejects.toThrow("Invalid cursor parameter.");
  });

  test("runs the same number of statements for any number of contributors", async () => {
    const counted = countedStore(bench.app.store);
    const taken = async (organization: string) => {
      await listContributors({ ...owner, store: counted.store, actor: (await as.ci(organization)).actor }, { organization });
      return counted.taken();
    };
    // With one contributor who is not a member, members are not queried.
    expect([await taken("globex"), await taken("acme")]).toEqual([4, 5]);
  });
});

const START = Date.UTC(2026, 0, 1);
const NOBODY = 4;

describe.each(["sqlite", "pglite"] as const)("thousands of commits of one contributor, in %s", (kind) => {
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

  test("are counted up to 10,000 of each address, with the date of the last", async () => {
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

  test("are read up to 2,000 of each address, and of all together", async () => {
    const recent = async (...ids: number[]) => (await findRecentCommits(store.read, { all: true }, ids)).map(({ id }) => id);
    const busy = await recent(1);
    expect([busy.length, busy[0], busy[1999]]).toEqual([2000, 10_001, 8_002]);
    expect(await recent(3)).toEqual([12_504, 12_503, 12_502]);
    expect(await recent(1, 3)).toEqual(busy);
    const both = await recent(2, 3);
    expect([both.length, both[0]]).toEqual([2000, 12_501]);
    expect([await recent(NOBODY), await recent()]).toEqual([[], []]);
  });

  test("are read within reach only", async () => {
    expect(await findRecentCommits(store.read, { all: false, ids: new Set([1]) }, [1, 2, 3])).toEqual([]);
    expect(await findRecentCommits(store.read, { all: false, ids: new Set() }, [1])).toEqual([]);
  });
});
