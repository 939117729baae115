import type { CommitInput } from "@landfall/schema/releases/commits";
import { openTwoTeams } from "@landfall/testing/access/two-teams";
import type { TestApp } from "@landfall/testing/create-test-app";
import { directRows } from "@landfall/testing/rows/direct-rows";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { eq } from "drizzle-orm";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as z from "zod";
import type { Context } from "../../kernel/context.ts";
import { createDeploy } from "../deploys/create.ts";
import { createRelease } from "../releases/create.ts";
import { compareReleases } from "./compare.ts";

type Sent = z.input<typeof CommitInput>;

const acme = { organization: "acme" };
const refused = (path: string) => expect.objectContaining({ code: "not_found", issues: [{ path: [path], message: expect.any(String) }] });

describe.each(["sqlite", "pglite"] as const)("compareReleases in %s", (kind) => {
  let bench: TestApp;
  let ci: Context;
  let wim: Context;

  beforeAll(async () => {
    ({ bench, ci, wim } = await openTwoTeams(kind, { projects: { web: "web", shop: "web", api: "api" } }));
    await bench.given.organization("globex", { projects: {} });
    await bench.given.user("dev@acme.test", { name: "Dev", ...acme, teams: ["api"] });
    const first = [
      commit("c3", { author_email: "wim@acme.test", files: ["src/cart.ts", "README.md"] }),
      commit("c2", { author_email: "eva@acme.test", author_name: "Eva", files: ["src/cart.ts"] }),
      commit("c1", { author_email: "renovate@bots.test", author_name: "renovate[bot]" }),
    ];
    const second = [
      commit("c5", { author_email: "eva@acme.test", message: "Pay faster\n\nMuch faster.", files: ["src/pay.ts"] }),
      commit("c4", { author_email: "wim@acme.test", files: ["src/cart.ts"] }),
      commit("c3", { author_email: "wim@acme.test" }),
    ];
    await release("web@1.0.0", ["web", "api"], "2026-01-01T00:00:00Z", first);
    await release("web@1.1.0", ["web"], "2026-01-02T00:00:00Z", [commit("between", {}), commit("another", {})]);
    await release("web@1.2.0", ["web"], "2026-01-03T00:00:00Z", second);
    await release("api@9.0.0", ["api"], "2026-01-04T00:00:00Z", first);
    await release("shop@1.0.0", ["shop"], "2026-01-05T00:00:00Z", []);
    await release("none@1.0.0", ["shop"], "2026-01-06T00:00:00Z", []);
    await deploy(wim, "web@1.2.0", "staging", ["web"], "2026-01-03T01:00:00Z");
    await deploy(ci, "web@1.0.0", "production", ["web"], "2026-01-03T02:00:00Z");
    await deploy(ci, "web@1.0.0", "vault", ["api"], "2026-01-03T03:00:00Z");
    await deploy(ci, "api@9.0.0", "vault", ["api"], "2026-01-04T03:00:00Z");
  });
  afterAll(() => bench.close());

  const release = (version: string, projects: string[], dateReleased: string, commits: Sent[]) =>
    createRelease(ci, { ...acme, version, projects, dateReleased, commits });

  const deploy = (by: Context, version: string, environment: string, projects: string[], dateFinished: string) =>
    createDeploy(by, { ...acme, version, environment, projects, dateFinished });

  const between = (base: string, head: string, limit?: number) => compareReleases(ci, { ...acme, base, head, ...(limit ? { limit } : {}) });

  const shas = ({ total, items }: { total: number; items: readonly { sha: string }[] }) => [total, items.map(({ sha }) => sha).join(" ")];
  const paths = ({ total, items }: { total: number; items: readonly { path: string }[] }) => [
    total,
    items.map(({ path }) => path).join(" "),
  ];

  test("returns the reported commits of one and of both releases, in their order", async () => {
    const { commits, sameCommits } = (await between("web@1.0.0", "web@1.2.0")).reported;
    expect([shas(commits.onlyHead), shas(commits.onlyBase), shas(commits.both), sameCommits]).toEqual([
      [2, "c5 c4"],
      [2, "c2 c1"],
      [1, "c3"],
      false,
    ]);
    expect(commits.onlyHead.items[0]).toEqual({
      sha: "c5",
      subject: "Pay faster",
      dateCreated: "2026-01-01T00:00:00.005Z",
      repository: "acme/app",
      author: { name: "Eva", email: "eva@acme.test", userId: null, isBot: false },
    });
    expect(commits.onlyHead.items[1]?.author).toEqual({ name: "Wim", email: "wim@acme.test", userId: expect.any(String), isBot: false });
  });

  test("returns the reported files of each side, by path", async () => {
    const { files } = (await between("web@1.0.0", "web@1.2.0")).reported;
    expect([paths(files.onlyHead), paths(files.onlyBase), paths(files.both)]).toEqual([
      [1, "src/pay.ts"],
      [0, ""],
      [2, "README.md src/cart.ts"],
    ]);
    expect(files.onlyHead.items).toEqual([{ repository: "acme/app", path: "src/pay.ts" }]);
  });

  test("returns the contributors with their reported commits on each side, most commits first", async () => {
    const { people } = (await between("web@1.0.0", "web@1.2.0")).reported;
    expect(people.items.map(({ person, base, head }) => [person.name, base, head, person.isBot])).toEqual([
      ["Wim", 1, 2, false],
      ["Eva", 1, 1, false],
      ["renovate[bot]", 1, 0, true],
    ]);
    expect(people.total).toBe(3);
    expect((await between("web@1.0.0", "web@1.2.0", 1)).reported.people).toMatchObject({ total: 3, items: [{ person: { name: "Wim" } }] });
  });

  test("counts a contributor with several emails once", async () => {
    await release("many@1", ["shop"], "2026-01-01T00:00:00Z", [
      commit("m5", { author_email: "wim@acme.test" }),
      commit("m1", { author_email: "wim@acme.test" }),
      commit("m2", { author_email: "wim@home.test", author_name: "W." }),
      commit("m3", { author_email: "old@eva.test" }),
      commit("m4", { author_email: "eva@acme.test", author_name: "Eva" }),
    ]);
    await mergeAuthor("old@eva.test", "eva@acme.test");
    await addAddress("wim@acme.test", "wim@home.test");
    const { people } = (await between("many@1", "many@1")).reported;
    expect(people.items.map(({ person, base }) => [person.name, person.email, base])).toEqual([
      ["Wim", "wim@acme.test", 3],
      ["Eva", "eva@acme.test", 2],
    ]);
  });

  test("reports equal commits for the same release and for equal releases", async () => {
    const { reported: same, ...comparison } = await between("web@1.0.0", "web@1.0.0");
    expect([comparison.relation, comparison.added?.releases.total, comparison.missing?.releases.total]).toEqual(["same", 0, 0]);
    expect([same.sameCommits, shas(same.commits.both), paths(same.files.both)]).toEqual([
      true,
      [3, "c3 c2 c1"],
      [2, "README.md src/cart.ts"],
    ]);
    expect([same.commits.onlyHead.total, same.commits.onlyBase.total, same.files.onlyHead.total]).toEqual([0, 0, 0]);
    expect((await between("web@1.0.0", "api@9.0.0")).reported.sameCommits).toBe(true);
    expect((await between("shop@1.0.0", "none@1.0.0")).reported.sameCommits).toBe(false);
  });

  test("returns the projects and deploys, last deploy first", async () => {
    const { base, head } = await between("web@1.0.0", "web@1.2.0");
    expect(base.release).toMatchObject({ version: "web@1.0.0", package: "web", commitCount: 3, deployCount: 2 });
    expect(base.projects.map(({ slug }) => slug)).toEqual(["api", "web"]);
    expect([base.place, base.deploys.total, base.deploys.items.map(({ environment }) => environment)]).toEqual([
      null,
      2,
      ["vault", "production"],
    ]);
    expect(head.deploys.items).toMatchObject([{ environment: "staging", dateFinished: "2026-01-03T01:00:00Z", deployer: { name: "Wim" } }]);
  });

  test("finds releases by environment and project", async () => {
    const { base, head, reported } = await compareReleases(wim, {
      ...acme,
      base: { project: "web", environment: "production" },
      head: { project: "web", environment: "staging" },
    });
    expect([base.release.version, head.release.version, shas(reported.commits.onlyHead)]).toEqual(["web@1.0.0", "web@1.2.0", [2, "c5 c4"]]);
    expect(base.place).toMatchObject({
      project: { slug: "web" },
      deploy: { environment: "production", dateFinished: "2026-01-03T02:00:00Z" },
    });
    expect(head.place?.deploy).toEqual(head.deploys.items[0]);
    const mixed = await compareReleases(wim, { ...acme, base: "web@1.1.0", head: { project: "web", environment: "staging" } });
    expect([mixed.base.place, mixed.head.release.version]).toEqual([null, "web@1.2.0"]);
  });

  test("returns nothing of projects out of reach", async () => {
    const result = await compareReleases(wim, { ...acme, base: "web@1.0.0", head: "web@1.2.0" });
    expect(result.base.projects.map(({ slug }) => slug)).toEqual(["web"]);
    expect([result.base.deploys.total, result.base.deploys.items.map(({ environment }) => environment)]).toEqual([1, ["production"]]);
    expect(JSON.stringify(result)).not.toMatch(/"api"|vault/);
  });

  test.each([
    ["an unknown version", "web@7"],
    ["a version out of reach", "api@9.0.0"],
    ["no version at all", ""],
    ["an unknown project", { project: "nothing", environment: "staging" }],
    ["a project out of reach", { project: "api", environment: "vault" }],
    ["an unknown environment", { project: "web", environment: "nowhere" }],
    ["an environment of other projects", { project: "web", environment: "vault" }],
    ["an environment the project is not in", { project: "shop", environment: "staging" }],
  ])("throws not_found for %s", async (_, side) => {
    await expect(compareReleases(wim, { ...acme, base: "web@1.0.0", head: side })).rejects.toEqual(refused("head"));
    await expect(compareReleases(wim, { ...acme, base: side, head: "web@1.0.0" })).rejects.toEqual(refused("base"));
  });

  test("throws the same error for unknown releases and releases out of reach", async () => {
    const refusal = (version: string) =>
      compareReleases(wim, { ...acme, base: version, head: "web@1.0.0" }).then(
        () => "found",
        (error: Error) => error.message,
      );
    expect(await refusal("api@9.0.0")).toBe(await refusal("unknown@1"));
  });

  test.each([{}, { base: 1 }, { base: {} }, { base: { project: "web" } }, { limit: 0 }, { limit: 1001 }])("rejects %j", async (odd) => {
    const call = compareReleases.call(wim, acme, () => ({ base: "web@1.0.0", ...odd, ...("limit" in odd ? { head: "web@1.0.0" } : {}) }));
    await expect(call).rejects.toThrow(expect.objectContaining({ code: "invalid" }));
  });

  test("splits any reported commits like sets", async () => {
    let pairNumber = 0;
    const some = fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 8 }), repository: fc.constantFrom("x", "y") }), {
      selector: ({ id, repository }) => `${repository}:${id}`,
    });
    await fc.assert(
      fc.asyncProperty(some, some, fc.integer({ min: 1, max: 9 }), async (inBase, inHead, limit) => {
        pairNumber += 1;
        const sent = (list: typeof inBase) =>
          list.map(({ id, repository }, index): Sent => ({ id: `s${id}`, repository, timestamp: new Date(1e12 - index).toISOString() }));
        await release(`base-${pairNumber}`, ["shop"], "2026-01-01T00:00:00Z", sent(inBase));
        await release(`head-${pairNumber}`, ["shop"], "2026-01-01T00:00:00Z", sent(inHead));
        const { commits, sameCommits } = (await between(`base-${pairNumber}`, `head-${pairNumber}`, limit)).reported;
        const key = ({ id, repository }: { id: number; repository: string }) => `${repository}:s${id}`;
        const [base, head] = [new Set(inBase.map(key)), new Set(inHead.map(key))];
        const expected = {
          onlyHead: head.difference(base),
          onlyBase: base.difference(head),
          both: new Set(inHead.map(key).filter((one) => base.has(one))),
        };
        for (const part of ["onlyHead", "onlyBase", "both"] as const) {
          const list = commits[part].items.map(({ sha, repository }) => `${repository}:${sha}`);
          expect([part, commits[part].total, list]).toEqual([part, expected[part].size, [...expected[part]].slice(0, limit)]);
        }
        expect(sameCommits).toBe(head.size > 0 && head.symmetricDifference(base).size === 0);
      }),
      { numRuns: kind === "sqlite" ? 40 : 10 },
    );
  });

  test("runs few more statements for thousands of commits than for few, with full totals and limited lists", async () => {
    const many = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => {
        const n = to - 1 - index;
        return commit(`n${n}`, { author_email: `p${n % 150}@acme.test`, files: [`f${n}.ts`] }, n);
      });
    await release("big@1", ["shop"], "2026-01-01T00:00:00Z", many(0, 2000));
    await release("big@2", ["shop"], "2026-01-02T00:00:00Z", many(1200, 3500));
    const counted = countedStore(bench.app.store);
    const context = { ...ci, store: counted.store };
    await compareReleases(context, { ...acme, base: "web@1.0.0", head: "web@1.2.0" });
    const few = counted.taken();
    const { added, reported } = await compareReleases(context, { ...acme, base: "big@1", head: "big@2" });
    // Three thousand commits are read in a few batches more.
    expect(counted.taken()).toBeLessThanOrEqual(few + 30);
    expect(few).toBeLessThanOrEqual(36);
    const { commits, files, people } = reported;
    const totals = [commits, files].map(({ onlyHead, onlyBase, both }) =>
      [onlyHead, onlyBase, both].map(({ total, items }) => [total, items.length]),
    );
    const expected = [
      [1500, 100],
      [1200, 100],
      [800, 100],
    ];
    expect(totals).toEqual([expected, expected]);
    expect([people.total, people.items.length]).toEqual([150, 100]);
    expect([added?.commits, added?.files, added?.people].map((list) => [list?.total, list?.items.length])).toEqual([
      [1500, 100],
      [1500, 100],
      [150, 100],
    ]);
    expect(commits.onlyHead.items.map(({ sha }) => sha).slice(0, 2)).toEqual(["n3499", "n3498"]);
    const longest = await compareReleases(context, { ...acme, base: "big@1", head: "big@2", limit: 1000 });
    expect([
      longest.reported.commits.onlyHead.items.length,
      longest.reported.commits.both.items.length,
      longest.reported.files.onlyBase.items.length,
      longest.added?.commits.items.length,
    ]).toEqual([1000, 800, 1000, 1000]);
  });

  const mergeAuthor = (email: string, into: string) =>
    bench.app.store.transaction(async (tx) => {
      const { commitAuthors } = tx.tables;
      const [main] = await tx.select().from(commitAuthors).where(eq(commitAuthors.email, into));
      await tx
        .update(commitAuthors)
        .set({ mergedInto: main?.id ?? null })
        .where(eq(commitAuthors.email, email));
    });

  const addAddress = (email: string, second: string) => directRows(bench.app.store).secondEmail(email, second);
});

type CommitFields = Partial<Sent> & { readonly files?: readonly string[] };

/** A commit of acme/app; a higher number is newer. */
function commit(id: string, { files = [], ...fields }: CommitFields, age = Number(/\d+/.exec(id)?.[0] ?? 0)): Sent {
  const patches = files.map((path) => ({ path, type: "M" as const }));
  return { id, repository: "acme/app", timestamp: new Date(Date.UTC(2026, 0, 1) + age).toISOString(), patch_set: patches, ...fields };
}
