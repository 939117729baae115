import type { CommitInput } from "@landfall/schema/releases/commits";
import { openTwoTeams } from "@landfall/testing/access/two-teams";
import type { TestApp } from "@landfall/testing/create-test-app";
import { stored } from "@landfall/testing/rows/stored-rows";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as z from "zod";
import type { Context } from "../../kernel/context.ts";
import { createDeploy } from "../deploys/create.ts";
import { createRelease } from "../releases/create.ts";
import { getCommit } from "./get.ts";
import { reportCommits } from "./report.ts";

type Sent = z.input<typeof CommitInput>;

const acme = { organization: "acme" };
const sha = (start: string) => start.padEnd(40, "0");
const missing = expect.objectContaining({ code: "not_found" });

const ambiguous = (path: string, message: RegExp) =>
  expect.objectContaining({ code: "invalid", reason: "ambiguous", issues: [{ path: [path], message: expect.stringMatching(message) }] });

describe.each(["sqlite", "pglite"] as const)("a commit in %s", (kind) => {
  let bench: TestApp;
  let ci: Context;
  let wim: Context;
  let organizationId: number;

  beforeAll(async () => {
    const opened = await openTwoTeams(kind);
    ({ bench, ci, wim, organizationId } = opened);
    await bench.given.organization("globex", { teams: ["all"], projects: { web: "all" } });
    await release(
      "web@1.0.0",
      ["web"],
      [
        sent(1, "abcdef11", { message: "Fix the cart\n\nIt was broken.", author_email: "wim@acme.test", patch_set: files("b.ts", "a.ts") }),
        sent(2, "abcdef12"),
        sent(3, "feedbeef01"),
      ],
    );
    await release("api@1.0.0", ["api"], [sent(1, "abcdef11"), sent(4, "5ec7e70001"), sent(5, "feedbeef01", { repository: "acme/api" })]);
    await release("web@1.1.0", ["web"], [sent(6, "77777777")]);
    await createDeploy(ci, { ...acme, version: "web@1.0.0", environment: "staging", dateFinished: "2026-02-01T00:00:00Z" });
    await createDeploy(ci, { ...acme, version: "web@1.1.0", environment: "production", dateFinished: "2026-02-02T00:00:00Z" });
    await createDeploy(ci, { ...acme, version: "api@1.0.0", environment: "vault", dateFinished: "2026-02-03T00:00:00Z" });
    await reportCommits(ci, { ...acme, commits: [sent(7, "10057"), sent(8, "10058"), sent(9, "10059"), { id: "r42", repository: "svn" }] });
    await createRelease(await opened.as.ci("globex"), {
      organization: "globex",
      version: "1",
      projects: ["web"],
      commits: [sent(1, "f0e1a01")],
    });
  });
  afterAll(() => bench.close());

  const release = (version: string, names: string[], commits: Sent[]) => createRelease(ci, { ...acme, version, projects: names, commits });
  const get = (hash: string, by = ci, repository?: string) =>
    getCommit(by, { ...acme, sha: hash, ...(repository === undefined ? {} : { repository }) });

  test("is returned with its author, files, releases, and environments", async () => {
    const { environments, releases, ...commit } = await get(sha("abcdef11"));
    expect(commit).toEqual({
      sha: sha("abcdef11"),
      message: "Fix the cart\n\nIt was broken.",
      dateCreated: "2026-01-01T00:00:00Z",
      author: { name: "Wim", email: "wim@acme.test", userId: expect.any(String), isBot: false },
      repository: { name: "acme/app", url: null, links: null, ticketUrl: null },
      files: {
        total: 2,
        items: [
          { path: "a.ts", type: "M" },
          { path: "b.ts", type: "M" },
        ],
      },
      neighbors: null,
    });
    expect([releases.total, releases.items.map(({ version }) => version)]).toEqual([2, ["api@1.0.0", "web@1.0.0"]]);
    expect(environments.map(({ project, environment, state }) => `${project.slug} ${environment} ${state}`)).toEqual([
      "api vault live",
      "web production passed",
      "web staging live",
    ]);
  });

  test.each([
    [sha("abcdef12"), "abcdef12"],
    ["abcdef12", "abcdef12"],
    ["ABCDEF12", "abcdef12"],
    [` ${sha("ABCDEF12")} `, "abcdef12"],
    ["7777777", "77777777"],
    ["r42", "r42"],
    ["R42", "r42"],
  ])("is found by its hash or a prefix of it: %s", async (hash, start) => {
    expect((await get(hash)).sha.replace(/0+$/, "")).toBe(start);
  });

  test.each(["777777", "abcdefff", "r4", "x".repeat(64), `${sha("abcdef12")}0`, "100%", sha("f0e1a01"), "f0e1a01"])(
    "is not found by less, by another, or in another organization: %s",
    async (hash) => {
      await expect(get(hash)).rejects.toEqual(missing);
    },
  );

  test("is ambiguous if several hashes begin with the prefix", async () => {
    await expect(get("abcdef1")).rejects.toEqual(ambiguous("sha", /^2 commits begin/));
    await reportCommits(ci, { ...acme, commits: Array.from({ length: 120 }, (_, n) => ({ id: sha(`abad1dea${n + 100}`) })) });
    await expect(get("abad1dea")).rejects.toEqual(ambiguous("sha", /^100 or more commits begin/));
  });

  test("is the commit with exactly this hash even if longer hashes begin with it", async () => {
    await reportCommits(ci, { ...acme, commits: [{ id: "c0ffee1" }, { id: "c0ffee12" }] });
    expect((await get("c0ffee1")).sha).toBe("c0ffee1");
  });

  test("is found by hash and repository if several repositories have the hash", async () => {
    for (const hash of [sha("feedbeef01"), "feedbeef"]) {
      await expect(get(hash)).rejects.toEqual(ambiguous("repository", /^2 repositories have/));
      expect((await get(hash, ci, "acme/api")).repository.name).toBe("acme/api");
      expect((await get(hash, ci, "acme/app")).repository.name).toBe("acme/app");
    }
    await expect(get("feedbeef", ci, "acme/none")).rejects.toEqual(missing);
    expect((await get("feedbeef", wim)).repository.name).toBe("acme/app");
  });

  test("is found in the active repository rather than in a deleted one with the same name", async () => {
    const { store } = bench.app;
    await store.transaction(async (tx) => {
      const { repositories, commits } = tx.tables;
      const of = { organizationId, name: "twice", dateCreated: new Date(0) };
      const rows = await tx
        .insert(repositories)
        .values([
          { ...of, url: "https://now.test" },
          { ...of, url: "https://then.test", status: "disabled" },
        ])
        .returning();
      await tx
        .insert(commits)
        .values(rows.map(({ id }) => ({ organizationId, repositoryId: id, sha: "21ce21ce", dateCreated: new Date(0) })));
    });
    expect((await get("21ce21c")).repository).toMatchObject({ name: "twice", url: "https://now.test" });
  });

  test("is visible to members who reach a release of it, without other projects", async () => {
    const result = await get("abcdef11", wim);
    expect([result.releases.total, result.environments.map(({ project }) => project.slug)]).toEqual([1, ["web", "web"]]);
    expect(JSON.stringify(result)).not.toMatch(/api|vault/);
    for (const hash of ["5ec7e70001", sha("5ec7e70001"), sha("10057"), "r42"]) await expect(get(hash, wim)).rejects.toEqual(missing);
  });

  test("in no release is returned with the number of newer unreleased commits of its repository", async () => {
    const neighbors = async (hash: string) => (await get(sha(hash))).neighbors;
    expect(await neighbors("10057")).toEqual({ unreleased: 2, isCapped: false });
    expect(await neighbors("10059")).toEqual({ unreleased: 0, isCapped: false });
    await release("web@1.2.0", ["web"], [sent(8, "10058")]);
    expect(await neighbors("10057")).toEqual({ unreleased: 1, isCapped: false });
    expect(await neighbors("10058")).toBeNull();
    expect(await get("r42")).toMatchObject({ author: null, message: null, neighbors: { unreleased: 0 }, files: { total: 0, items: [] } });
    const many = Array.from({ length: 2001 }, (_, n) => ({
      id: `many-${n}`,
      repository: "many",
      timestamp: new Date(n * 1000).toISOString(),
    }));
    await reportCommits(ci, { ...acme, commits: many });
    expect((await get("many-0")).neighbors).toEqual({ unreleased: 2000, isCapped: true });
    expect((await get("many-1")).neighbors).toEqual({ unreleased: 1999, isCapped: false });
  });

  test.each([{}, { sha: "" }, { sha: "a".repeat(65) }, { sha: "a\0" }, { sha: "abcdef1", repository: 3 }])("rejects %j", async (odd) => {
    await expect(getCommit.call(ci, acme, () => odd)).rejects.toThrow(expect.objectContaining({ code: "invalid" }));
  });

  test("with thousands of files in many releases needs as many statements as any, and has all totals", async () => {
    const big = { id: sha("b16"), repository: "acme/app", patch_set: files(...Array.from({ length: 1500 }, (_, n) => `f${n + 1000}`)) };
    for (let n = 1; n <= 60; n += 1)
      await release(`big@${n}.0.0`, ["web", "api"], [n === 1 ? big : { id: big.id, repository: big.repository }]);
    const counted = countedStore(bench.app.store);
    const context = { ...ci, store: counted.store };
    await get(sha("abcdef11"), context);
    const few = counted.taken();
    const result = await get(sha("b16"), context);
    expect([result.files.total, result.files.items.length, result.files.items[0]?.path]).toEqual([1500, 1000, "f1000"]);
    expect([result.releases.total, result.releases.items.length, result.releases.items[0]?.version]).toEqual([60, 50, "big@60.0.0"]);
    expect(counted.taken()).toBeLessThanOrEqual(few + 2);
    expect(few).toBeLessThanOrEqual(17);
    expect(await stored(bench.app.store).commits(organizationId, sha("b16"))).toHaveLength(1);
  });
});

/** Returns a commit of acme/app whose hash begins with these digits, on this day of January. */
const sent = (day: number, start: string, rest: Partial<Sent> = {}): Sent => ({
  id: sha(start),
  repository: "acme/app",
  timestamp: new Date(Date.UTC(2026, 0, day)).toISOString(),
  ...rest,
});

const files = (...paths: readonly string[]) => paths.map((path) => ({ path, type: "M" as const }));
