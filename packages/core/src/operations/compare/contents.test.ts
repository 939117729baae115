import type { CommitInput } from "@landfall/schema/releases/commits";
import type { ContentDifferenceView } from "@landfall/schema/releases/compare";
import type { Callers } from "@landfall/testing/access/callers";
import { openTwoTeams } from "@landfall/testing/access/two-teams";
import type { TestApp } from "@landfall/testing/create-test-app";
import { deployRows } from "@landfall/testing/rows/deploy-rows";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as z from "zod";
import type { Context } from "../../kernel/context.ts";
import { createDeploy } from "../deploys/create.ts";
import { createRelease } from "../releases/create.ts";
import { compareReleases } from "./compare.ts";
import { type GivenRelease, HISTORY_SCENARIOS } from "./history-scenarios.fixture.ts";

type Sent = z.input<typeof CommitInput>;

const acme = { organization: "acme" };

describe.each(["sqlite", "pglite"] as const)("what releases contain, in %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ci: Context;
  let wim: Context;
  let days = 0;

  beforeAll(async () => {
    ({ bench, as, ci, wim } = await openTwoTeams(kind, { projects: { web: "web", shop: "web", api: "api" } }));
  });
  afterAll(() => bench.close());

  /** Creates releases in the given order of time. */
  async function given(releases: readonly GivenRelease[], projects: string[] = ["web"]): Promise<void> {
    for (const [version, commits] of releases) {
      days += 1;
      const dateReleased = new Date(Date.UTC(2020, 0, days)).toISOString();
      await createRelease(ci, { ...acme, version, projects, dateReleased, commits: commitsOf(commits) });
    }
  }

  const compare = (base: string, head: string, by: Context = ci) => compareReleases(by, { ...acme, base, head });

  const described = (difference: ContentDifferenceView | null) =>
    difference && {
      releases: difference.releases.items.map(({ version }) => version).join(" "),
      commits: difference.commits.items.map(({ sha }) => sha).join(" "),
    };

  test.each(HISTORY_SCENARIOS)("%s", async (_name, releases, [base, head], relation, added, missing, lastCommon) => {
    await given(releases);
    const result = await compare(base, head);
    expect([result.relation, result.line?.project.slug, result.line?.lastCommon?.version ?? null]).toEqual([relation, "web", lastCommon]);
    expect(described(result.added)).toEqual({ releases: added[0], commits: added[1] });
    expect(described(result.missing)).toEqual({ releases: missing[0], commits: missing[1] });
    const swapped = await compare(head, base);
    expect([described(swapped.added), described(swapped.missing)]).toEqual([described(result.missing), described(result.added)]);
    expect(swapped.relation).toBe({ ahead: "behind", behind: "ahead" }[relation] ?? relation);
    expect([result.added?.isCapped, result.missing?.isCapped]).toEqual([false, false]);
  });

  test("orders versions without a package, and names no package", async () => {
    await given(
      [
        ["1.0.0", "a"],
        ["2.0.0", "b"],
        ["v1.0.1", "fix"],
        ["2.1.0", "c"],
      ],
      ["shop"],
    );
    const { relation, line, missing } = await compare("v1.0.1", "2.1.0");
    expect([relation, line?.package, described(missing)?.commits]).toEqual(["parted", null, "fix"]);
  });

  test("counts releases without commits", async () => {
    await given([
      ["w@1.0.0", "a"],
      ["w@1.1.0", ""],
      ["w@1.2.0", "b"],
      ["w@1.3.0", ""],
    ]);
    const { added } = await compare("w@1.0.0", "w@1.3.0");
    expect([added?.releases.total, added?.releasesWithoutCommits, added?.commits.total]).toEqual([3, 2, 1]);
  });

  test("adds up contributors and files of all new commits, each once", async () => {
    const at = (day: number) => new Date(Date.UTC(2021, 0, day)).toISOString();
    const sent = (id: string, author: string, ...files: string[]): Sent => ({
      id,
      repository: "acme/app",
      author_email: `${author}@acme.test`,
      patch_set: files.map((path) => ({ path, type: "M" as const })),
    });
    const release = (version: string, day: number, commits: Sent[]) =>
      createRelease(ci, { ...acme, version, projects: ["web"], dateReleased: at(day), commits });
    await release("p@1", 1, [sent("p1", "old", "README.md")]);
    await release("p@2", 2, [sent("p2", "eva", "src/b.ts", "src/a.ts"), sent("p3", "ada", "src/a.ts")]);
    await release("p@3", 3, [sent("p4", "eva", "src/a.ts", "README.md"), sent("p1", "old", "README.md")]);
    const { added } = await compare("p@1", "p@3");
    expect(added?.people).toMatchObject({
      total: 2,
      items: [
        { person: { email: "eva@acme.test" }, commits: 2 },
        { person: { email: "ada@acme.test" }, commits: 1 },
      ],
    });
    expect(added?.files).toEqual({
      total: 3,
      items: ["README.md", "src/a.ts", "src/b.ts"].map((path) => ({ repository: "acme/app", path })),
    });
    const short = await compareReleases(ci, { ...acme, base: "p@1", head: "p@3", limit: 1 });
    expect(
      [short.added?.people, short.added?.files, short.added?.commits, short.added?.releases].map((list) => [
        list?.total,
        list?.items.length,
      ]),
    ).toEqual([
      [2, 1],
      [3, 1],
      [3, 1],
      [2, 1],
    ]);
  });

  test("reports releases of different packages or projects as unrelated, with the reported lists", async () => {
    await given([
      ["left@1.0.0", "a"],
      ["right@1.0.0", "b"],
    ]);
    await given([["left@1.1.0", "c"]], ["shop"]);
    for (const head of ["right@1.0.0", "left@1.1.0"]) {
      const { relation, line, added, missing, reported } = await compare("left@1.0.0", head);
      expect([relation, line, added, missing]).toEqual(["unrelated", null, null, null]);
      expect(reported.commits.onlyBase.items.map(({ sha }) => sha)).toEqual(["a"]);
    }
  });

  test("reads the history in the project of an environment, and in no project out of reach", async () => {
    await given([["m@1.0.0", "a"]], ["api", "shop", "web"]);
    await given([["m@1.1.0", "hidden"]], ["api"]);
    await given([["m@1.2.0", "shopped"]], ["shop"]);
    await given([["m@1.3.0", "b"]], ["api", "shop", "web"]);
    await createDeploy(ci, { ...acme, version: "m@1.3.0", environment: "live", projects: ["web"] });
    expect(described((await compare("m@1.0.0", "m@1.3.0")).added)?.releases).toBe("m@1.3.0 m@1.1.0");
    const byWim = await compare("m@1.0.0", "m@1.3.0", wim);
    expect([byWim.line?.project.slug, described(byWim.added)]).toEqual(["shop", { releases: "m@1.3.0 m@1.2.0", commits: "b shopped" }]);
    expect(JSON.stringify(byWim)).not.toMatch(/hidden|m@1\.1\.0|"api"/);
    const ofPlace = await compareReleases(ci, { ...acme, base: "m@1.0.0", head: { project: "web", environment: "live" } });
    expect([ofPlace.line?.project.slug, described(ofPlace.added)?.releases]).toEqual(["web", "m@1.3.0"]);
  });

  test("finds what a simple model finds", async () => {
    let run = 0;
    const part = fc.integer({ min: 0, max: 2 });
    const anyRelease = fc.record({
      numbers: fc.tuple(part, part),
      commits: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }),
    });
    const anyLine = fc.uniqueArray(anyRelease, { minLength: 2, maxLength: 7, selector: ({ numbers }) => numbers.join(".") });
    await fc.assert(
      fc.asyncProperty(anyLine, fc.nat(), fc.nat(), async (line, first, second) => {
        run += 1;
        const releases = line.map(({ numbers, commits }, index) => ({
          version: `r${run}@${numbers.join(".")}`,
          rank: numbers[0] * 10 + numbers[1],
          index,
          commits: new Set(commits.map((id) => `s${id}`)),
        }));
        await given(releases.map(({ version, commits }) => [version, [...commits].join(" ")]));
        const [base, head] = [releases[first % releases.length], releases[second % releases.length]];
        if (!base || !head) throw new Error("no release");
        type Model = typeof base;
        const isBefore = (one: Model, other: Model) => one.index < other.index && one.rank < other.rank;
        const historyOf = (release: Model) =>
          releases.filter((one) => {
            const isOvertaken = releases.some((other) => other.index < one.index && other.rank > one.rank && other.rank <= release.rank);
            return one === release || (isBefore(one, release) && !isOvertaken);
          });
        const [ofBase, ofHead] = [historyOf(base), historyOf(head)];
        const union = (list: readonly Model[]) => new Set(list.flatMap(({ commits }) => [...commits]));
        const expectedOf = (own: readonly Model[], other: readonly Model[]) => {
          const only = own.filter((one) => !other.includes(one));
          return {
            releases: only.map(({ version }) => version).toReversed(),
            commits: union(only).difference(union(other)),
            unknown: only.filter(({ commits }) => commits.size === 0).length,
          };
        };
        const result = await compare(base.version, head.version);
        const foundIn = (difference: ContentDifferenceView | null) => ({
          releases: difference?.releases.items.map(({ version }) => version),
          commits: new Set(difference?.commits.items.map(({ sha }) => sha)),
          unknown: difference?.releasesWithoutCommits,
        });
        const [added, missing] = [expectedOf(ofHead, ofBase), expectedOf(ofBase, ofHead)];
        expect(foundIn(result.added)).toEqual(added);
        expect(foundIn(result.missing)).toEqual(missing);
        const [isAhead, isBehind] = [added, missing].map(({ commits, unknown }) => commits.size + unknown > 0);
        expect(result.relation).toBe(isAhead ? (isBehind ? "parted" : "ahead") : isBehind ? "behind" : "same");
        expect(result.line?.lastCommon?.version).toBe(ofHead.findLast((one) => ofBase.includes(one))?.version);
      }),
      { numRuns: kind === "sqlite" ? 60 : 12 },
    );
  });

  test.runIf(kind === "sqlite")("reads at most 5,000 releases and 20,000 commits, and reports that", async () => {
    const { store } = bench.app;
    const organizationId = await bench.given.organization("large").then(({ id }) => id);
    const rows = deployRows(store, organizationId);
    const projectIds = await rows.projects(["long"]);
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000);
    const made = Array.from({ length: 5002 }, (_, index) => ({
      version: `long@${index}.0.0`,
      date: at(index),
      projectIds,
      commitCount: 0,
    }));
    await rows.releases(made);
    const large = await as.ci("large");
    const far = await compareReleases(large, { organization: "large", base: "long@0.0.0", head: "long@5001.0.0" });
    expect([far.relation, far.added?.releases.total, far.added?.isCapped, far.missing?.releases.total]).toEqual(["ahead", 5000, true, 0]);
    const near = await compareReleases(large, { organization: "large", base: "long@4998.0.0", head: "long@5001.0.0" });
    expect([near.added?.releases.total, near.added?.isCapped]).toEqual([3, false]);
    for (const [index, version] of ["many@1", "many@2", "many@3", "many@4"].entries()) {
      const commits = Array.from({ length: 8000 }, (_, n): Sent => ({ id: `${index}-${n}`, repository: "acme/app", message: "m" }));
      await createRelease(large, { organization: "large", version, projects: ["long"], dateReleased: at(9000 + index), commits });
    }
    const many = await compareReleases(large, { organization: "large", base: "many@1", head: "many@4" });
    expect([many.relation, many.added?.releases.total, many.added?.commits.total, many.added?.isCapped]).toEqual([
      "ahead",
      3,
      20_000,
      true,
    ]);
    expect(many.missing?.isCapped).toBe(false);
  });
});

/** Commits of `repository:hash`, or of acme/app. */
const commitsOf = (text: string): Sent[] =>
  text.split(" ").flatMap((name) => {
    const [id, repository = "acme/app"] = name.split(":").toReversed();
    return id ? [{ id, repository }] : [];
  });
