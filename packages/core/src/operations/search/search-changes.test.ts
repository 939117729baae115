import type { CommitInput } from "@landfall/schema/releases/commits";
import type { FoundChangesView } from "@landfall/schema/releases/search";
import type { Callers } from "@landfall/testing/access/callers";
import { openTwoTeams } from "@landfall/testing/access/two-teams";
import type { TestApp } from "@landfall/testing/create-test-app";
import { directRows } from "@landfall/testing/rows/direct-rows";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as z from "zod";
import type { Context } from "../../kernel/context.ts";
import { reportCommits } from "../commits/report.ts";
import { createRelease } from "../releases/create.ts";
import { searchChanges } from "./search-changes.ts";

type Sent = z.input<typeof CommitInput>;

const acme = { organization: "acme" };

/** Returns a hash of 40 digits with this beginning. */
const sha = (start: string) => start.padEnd(40, "0");

const HASHED = "web@0a1b2c3d4e5f60718293a4b5c6d7e8f901234567";

describe.each(["sqlite", "pglite"] as const)("searchChanges in %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ci: Context;
  let wim: Context;

  beforeAll(async () => {
    ({ bench, as, ci, wim } = await openTwoTeams(kind, { nameOfWim: "Wim Wever" }));
    await bench.given.organization("globex", { teams: ["all"], projects: { web: "all" } });
    await directRows(bench.app.store).secondEmail("wim@acme.test", "w@home.test");
    const day = (n: number) => new Date(Date.UTC(2026, 0, n)).toISOString();
    const sent = (n: number, start: string, message: string, rest: Partial<Sent> = {}): Sent => ({
      id: sha(start),
      repository: "acme/app",
      message,
      timestamp: day(n),
      ...rest,
    });
    const files = (...paths: string[]) => ({ patch_set: paths.map((path) => ({ path, type: "M" as const })) });
    const cart = sent(1, "abcd1", "Fix the cart\n\nCloses #123, PROJ-12", {
      author_email: "eva@acme.test",
      author_name: "Eva",
      ...files("src/Cart.ts"),
    });
    const pay = sent(2, "abcd2", "Pay in the cart, see #1234 and PROJ-123", {
      author_email: "w@home.test",
      ...files("src/pay.ts", "docs/100%_done.md"),
    });
    await createRelease(ci, { ...acme, version: "web@1.0.0", projects: ["web"], commits: [pay, cart] });
    const secret = sent(3, "abcd3", "Secret of the cart #123", { author_email: "eva@acme.test", ...files("secret/Cart.ts") });
    await createRelease(ci, { ...acme, version: "api@1.0.0", projects: ["api"], commits: [secret, cart] });
    await createRelease(ci, { ...acme, version: "web@2.0.0-rc1", projects: ["web"], commits: [sent(4, "feed", "Cafe #12 abcd1")] });
    await reportCommits(ci, { ...acme, commits: [sent(5, "beef", "Cart to come !77"), { id: "r1234", message: "From another tool" }] });
    for (const version of ["nightly", HASHED]) await createRelease(ci, { ...acme, version, projects: ["web"] });
    const foreign = { organization: "globex", version: "web@1.0.0", projects: ["web"], commits: [sent(6, "abcd4", "Cart #123")] };
    await createRelease(await as.ci("globex"), foreign);
  });
  afterAll(() => bench.close());

  const find = (query: string, by = ci) => searchChanges(by, { ...acme, query });
  /** Returns the first digits of the hashes found, and what they were found by. */
  const found = ({ commits }: FoundChangesView) => commits.map((commit) => `${commit.sha.replace(/0+$/, "")} ${commit.matched.join("+")}`);

  test("finds commits by a whole version, newest first", async () => {
    const result = await find("web@1.0.0");
    expect([result.understood, result.releases.map(({ version }) => version), found(result)]).toEqual([
      ["version", "text"],
      ["web@1.0.0"],
      ["abcd2 version", "abcd1 version"],
    ]);
    expect(result.releases[0]).toMatchObject({ package: "web", commitCount: 2 });
  });

  test.each([
    ["web 1.0.0", ["web@1.0.0"]],
    ["web@1.0.0", ["web@1.0.0"]],
    ["api web@1.0.0", []],
    ["web 2.0.0-rc1", ["web@2.0.0-rc1"]],
    ["web nightly", ["nightly"]],
    ["web 0a1b2c3d4e5f", [HASHED]],
    ["0a1b2c3", [HASHED]],
    ["0A1B2C3D4E5F", [HASHED]],
    ["web@0a1b2c3d4e5f", [HASHED]],
    ["0a1b2c", []],
    ["1b2c3d4", []],
    ["globex 1.0.0", []],
  ])("finds releases as pages name them: %s", async (query, expected) => {
    expect((await find(query)).releases.map(({ version }) => version)).toEqual(expected);
  });

  test.each(["1.0.0", "v1.0", "1.0.0.0"])("finds a version of any package: %s", async (query) => {
    const result = await find(query);
    expect(result.releases.map(({ version }) => version).toSorted()).toEqual(["api@1.0.0", "web@1.0.0"]);
    expect(found(result)).toEqual(["abcd3 version", "abcd2 version", "abcd1 version"]);
  });

  test("finds a pre-release", async () => {
    expect(found(await find("2.0.0-rc1"))).toEqual(["feed version"]);
    expect(await find("2.0.0")).toMatchObject({ releases: [], commits: [], understood: ["text"] });
  });

  test.each([
    ["abcd", ["abcd3 sha", "abcd2 sha", "feed message", "abcd1 sha"]],
    ["ABCD1", ["feed message", "abcd1 sha"]],
    [sha("abcd2"), ["abcd2 sha"]],
    [sha("ABCD2"), ["abcd2 sha"]],
    ["r1234", ["r1234 sha"]],
    ["R1234", []],
    ["beef", ["beef sha"]],
    [`${sha("abcd2")}0`, []],
    ["abcde", []],
  ])("finds a hash or its beginning: %s", async (query, expected) => {
    const result = await find(query);
    expect(found(result).toSorted()).toEqual(expected.toSorted());
    if (/^[0-9a-f]+$/i.test(query)) expect(result.understood).toEqual(["sha", "text"]);
  });

  test.each([
    ["#123", ["abcd3 message", "abcd1 message"]],
    ["#1234", ["abcd2 message"]],
    ["#12", ["feed message"]],
    ["PROJ-12", ["abcd1 message"]],
    ["proj-123", ["abcd2 message"]],
    ["!77", ["beef message"]],
    ["#7", []],
    ["ROJ-99", []],
  ])("finds a pull request or ticket, but not a longer number: %s", async (query, expected) => {
    const result = await find(query);
    expect([result.understood, found(result)]).toEqual([["reference"], expected]);
  });

  test.each([
    ["eva", ["abcd3 author", "abcd1 author"]],
    ["EVA@acme", ["abcd3 author", "abcd1 author"]],
    ["w@home.test", ["abcd2 author"]],
    ["Wever", ["abcd2 author"]],
    ["wim@acme.test", ["abcd2 author"]],
  ])("finds an author by the name in commits or in the profile: %s", async (query, expected) => {
    expect(found(await find(query))).toEqual(expected);
  });

  test("finds a merged contributor by any of the names and emails", async () => {
    const { store } = bench.app;
    const { commitAuthors } = store.read.tables;
    const [eva] = await store.read.select().from(commitAuthors).where(eq(commitAuthors.email, "eva@acme.test"));
    const merge = (mergedInto: number | null) =>
      store.transaction((tx) => tx.update(commitAuthors).set({ mergedInto }).where(eq(commitAuthors.email, "w@home.test")));
    await merge(eva?.id ?? 0);
    for (const query of ["eva", "w@home", "wever"]) {
      const result = await find(query);
      expect([query, found(result)]).toEqual([query, ["abcd3 author", "abcd2 author", "abcd1 author"]]);
      expect(new Set(result.commits.map(({ author }) => author?.name))).toEqual(new Set(["Wim Wever"]));
    }
    await merge(null);
  });

  test.each([
    ["src/", ["abcd2 file", "abcd1 file"]],
    ["cart.ts", ["abcd3 file", "abcd1 file"]],
    ["100%_d", ["abcd2 file"]],
    ["100_%d", []],
    ["to come", ["beef message"]],
    ["come TO", ["beef message"]],
    ["the cart", ["abcd3 message", "abcd2 message", "abcd1 message"]],
    ["cart secret", ["abcd3 message"]],
    ["nothing at all", []],
    ["😀", []],
    ["'; drop table commits --", []],
  ])("finds part of a path or words of a message: %s", async (query, expected) => {
    expect(found(await find(query))).toEqual(expected);
  });

  test("returns everything that a commit was found by", async () => {
    expect(found(await find("cart"))).toEqual(["beef message", "abcd3 message+file", "abcd2 message", "abcd1 message+file"]);
  });

  test("returns the authors and the releases that contain the commits, newest release first", async () => {
    const { commits } = await find(sha("abcd1"));
    expect(commits).toMatchObject([
      {
        sha: sha("abcd1"),
        subject: "Fix the cart",
        repository: "acme/app",
        author: { name: "Eva" },
        releases: [{ version: "api@1.0.0", dateReleased: null }, { version: "web@1.0.0" }],
        releaseCount: 2,
        environments: [],
      },
    ]);
    for (let n = 1; n <= 12; n += 1) {
      await createRelease(ci, {
        ...acme,
        version: `line@${n}`,
        projects: ["web"],
        dateReleased: `2027-01-${n + 10}T00:00:00Z`,
        commits: [{ id: "line", message: "line" }],
      });
    }
    const [line] = (await find("line@12")).commits;
    expect([line?.releaseCount, line?.releases.length, line?.releases[0]?.version, line?.releases[9]?.version]).toEqual([
      12,
      10,
      "line@12",
      "line@3",
    ]);
    expect((await find("beef")).commits).toMatchObject([{ releases: [], releaseCount: 0 }]);
  });

  test("finds only commits within reach", async () => {
    expect(found(await find("cart", wim))).toEqual(["abcd2 message", "abcd1 message+file"]);
    expect(found(await find("secret", wim))).toEqual([]);
    expect(found(await find("secret/", wim))).toEqual([]);
    expect(found(await find("#123", wim))).toEqual(["abcd1 message"]);
    expect(found(await find("abcd", wim)).toSorted()).toEqual(["abcd1 sha", "abcd2 sha", "feed message"]);
    expect(await find("beef", wim)).toMatchObject({ commits: [] });
    expect(await find("api@1.0.0", wim)).toMatchObject({ releases: [], commits: [] });
    const [cart] = (await find(sha("abcd1"), wim)).commits;
    expect([cart?.releases.map(({ version }) => version), cart?.releaseCount]).toEqual([["web@1.0.0"], 1]);
    expect(JSON.stringify(await find("1.0.0", wim))).not.toContain("api");
  });

  test.each([
    {},
    { query: "" },
    { query: "  " },
    { query: "a".repeat(201) },
    { query: "a\0b" },
    { limit: 0 },
    { limit: 51 },
    { cursor: "x" },
    { cursor: "" },
  ])("rejects %j", async (invalid) => {
    const call = searchChanges.call(ci, acme, () =>
      "query" in invalid || Object.keys(invalid).length === 0 ? invalid : { query: "cart", ...invalid },
    );
    await expect(call).rejects.toThrow(expect.objectContaining({ code: "invalid" }));
  });

  describe("with pages", () => {
    const every = async (query: string, limit: number, by = ci) => {
      const pages: string[][] = [];
      let cursor: string | undefined;
      for (let page = 0; page < 20; page += 1) {
        const result: FoundChangesView = await searchChanges(by, { ...acme, query, limit, ...(cursor === undefined ? {} : { cursor }) });
        pages.push(found(result));
        expect(result.searched.isComplete).toBe(result.next === null);
        if (result.next === null) return pages;
        cursor = result.next;
      }
      throw new Error("the pages do not end");
    };

    test("returns every commit once on pages of any length", async () => {
      for (const query of ["cart", "abcd", "1.0.0", "a", "eva"]) {
        const whole = (await every(query, 50)).flat().map((one) => one.split(" ")[0]);
        for (const limit of [1, 2, 3]) {
          const pages = await every(query, limit);
          const list = pages.flat().map((one) => one.split(" ")[0]);
          expect([query, limit, list.length]).toEqual([query, limit, new Set(list).size]);
          // At most one page of the commits of a version is returned.
          if (query !== "1.0.0" && query !== "abcd") expect([query, limit, new Set(list)]).toEqual([query, limit, new Set(whole)]);
          expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(limit);
        }
      }
    });

    test("counts only commits that the caller can see", async () => {
      const narrow = { organization: "narrow" };
      await bench.given.organization("narrow", { openMembership: false, teams: ["web", "api"], projects: { web: "web", api: "api" } });
      await bench.given.user("ada@narrow.test", { ...narrow, teams: ["web"] });
      const all = await as.ci("narrow");
      for (const [project, commits] of [
        ["web", 2],
        ["api", 5],
      ] as const) {
        const ids = Array.from({ length: commits }, (_, n) => ({ id: sha(`${project}${n}`), repository: "narrow/app", message: "x" }));
        await createRelease(all, { ...narrow, version: `${project}@1`, projects: [project], commits: ids });
      }
      const countOf = async (by: Context) => (await searchChanges(by, { ...narrow, query: "nothing" })).searched.commits;
      expect([await countOf(all), await countOf(await as.person("ada@narrow.test"))]).toEqual([7, 2]);
    });

    test("returns how far it searched", async () => {
      const { searched, next } = await find("cart");
      expect([searched.isComplete, next, searched.backTo]).toEqual([true, null, "2026-01-01T00:00:00Z"]);
      const short = await searchChanges(ci, { ...acme, query: "cart", limit: 1 });
      expect([short.searched.isComplete, short.searched.commits < searched.commits]).toEqual([false, true]);
      const full = await searchChanges(ci, { ...acme, query: "abcd", limit: 1 });
      expect(full.searched).toEqual({ commits: 0, backTo: null, isComplete: false });
    });
  });

  test("runs as many statements for any result and size of organization", async () => {
    const many = (release: number): Sent[] =>
      Array.from({ length: 40 }, (_, n) => ({
        id: `${release}-${n}`,
        repository: "acme/app",
        message: "bulk of commits",
        author_email: `p${n}@acme.test`,
      }));
    for (let n = 1; n <= 20; n += 1)
      await createRelease(ci, { ...acme, version: `bulk@${n}.0.0`, projects: ["web", "api"], commits: many(n) });
    const counted = countedStore(bench.app.store);
    await searchChanges({ ...ci, store: counted.store }, { ...acme, query: "cart" });
    const few = counted.taken();
    expect((await searchChanges({ ...ci, store: counted.store }, { ...acme, query: "bulk of", limit: 50 })).commits).toHaveLength(50);
    expect(counted.taken()).toBeLessThanOrEqual(few + 2);
    expect(few).toBeLessThanOrEqual(25);
  });
});
