import { callers, type Callers } from "@landfall/testing/callers";
import { countedStore } from "@landfall/testing/counted-store";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { deployRows } from "@landfall/testing/deploy-rows";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import type { Context } from "../context.ts";
import { createDeploy } from "../deploys/create-deploy.ts";
import { listReleasesForPages } from "./browse-releases.ts";
import { setReleaseStatus } from "./change-status.ts";
import { createRelease } from "./create-release.ts";

const organization = "acme";
const day = (number: number) => `2026-05-${String(number).padStart(2, "0")}T12:00:00Z`;

describe.each(["sqlite", "pglite"] as const)("browseReleases over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ci: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization(organization, {
      openMembership: false,
      teams: ["near", "far"],
      projects: { pump: "near", valve: "far", gauge: "far" },
    });
    await bench.given.user("near@acme.test", { organization, teams: ["near"] });
    ci = await as.ci(organization);
  });
  afterEach(() => bench.close());

  const browse = (input: Partial<Parameters<typeof listReleasesForPages>[1]> = {}, context = ci) =>
    listReleasesForPages(context, { organization, ...input });
  const versions = async (...asked: Parameters<typeof browse>) => (await browse(...asked)).items.map(({ version }) => version);
  const release = (version: string, more: object = {}) => createRelease(ci, { organization, version, projects: ["pump"], ...more });
  const deploy = (version: string, environment: string, finished: number, projects?: string[]) =>
    createDeploy(ci, { organization, version, environment, dateFinished: day(finished), ...(projects ? { projects } : {}) });

  it("tells of a release what fits a line", async () => {
    const by = (id: string, author_name: string, author_email: string) => ({ id, author_name, author_email, message: "x" });
    const commits = [
      by("a", "renovate[bot]", "bot@renovate.test"),
      by("b", "Eva", "eva@acme.test"),
      by("c", "Near", "near@acme.test"),
      by("d", "Eva", "eva@acme.test"),
    ];
    await release("pump@1.2.3+45", { projects: ["pump", "valve"], dateReleased: day(1), commits });
    await deploy("pump@1.2.3+45", "staging", 4);
    await deploy("pump@1.2.3+45", "production", 2, ["pump"]);
    await deploy("pump@1.2.3+45", "production", 3, ["valve"]);
    const [line] = (await browse()).items;
    expect(line).toMatchObject({
      version: "pump@1.2.3+45",
      description: "1.2.3 (45)",
      package: "pump",
      scheme: "semver",
      status: "open",
      dateReleased: day(1),
      commitCount: 4,
      deployCount: 3,
      projects: [{ slug: "pump" }, { slug: "valve" }],
      projectCount: 2,
      peopleCount: 3,
      environments: [
        { name: "staging", dateFinished: day(4), projects: 2, isCurrent: true },
        { name: "production", dateFinished: day(3), projects: 2, isCurrent: true },
      ],
    });
    expect(line?.people.map(({ email, isBot }) => [email, isBot])).toEqual([
      ["eva@acme.test", false],
      ["near@acme.test", false],
      ["bot@renovate.test", true],
    ]);
  });

  it("tells each only of what is within reach", async () => {
    await release("both", { projects: ["pump", "valve"] });
    await release("far", { projects: ["valve"] });
    await deploy("both", "production", 2, ["valve"]);
    await deploy("both", "staging", 1);
    const near = await as.person("near@acme.test");
    const { items } = await browse({}, near);
    expect(items).toMatchObject([
      {
        version: "both",
        projects: [{ slug: "pump" }],
        projectCount: 1,
        environments: [{ name: "staging", dateFinished: day(1), projects: 1, isCurrent: true }],
      },
    ]);
  });

  it("marks what is where now: in any of its projects within reach, until something else is deployed there", async () => {
    const current = async (context = ci) => {
      const { items } = await browse({}, context);
      return Object.fromEntries(
        items.map(({ version, environments }) => [version, environments.flatMap(({ name, isCurrent }) => (isCurrent ? [name] : []))]),
      );
    };
    await release("a", { projects: ["pump", "valve"] });
    await release("b", { projects: ["pump"] });
    await release("c", { projects: ["pump"] });
    await deploy("a", "production", 1);
    await deploy("a", "staging", 1);
    await deploy("b", "production", 2);
    await deploy("b", "staging", 2);
    await deploy("c", "staging", 3);
    // "a" is in production of "valve" still.
    expect(await current()).toEqual({ a: ["production", "staging"], b: ["production"], c: ["staging"] });
    expect(await current(await as.person("near@acme.test"))).toEqual({ a: [], b: ["production"], c: ["staging"] });
    await deploy("a", "production", 4, ["pump"]);
    expect(await current(await as.person("near@acme.test"))).toEqual({ a: ["production"], b: [], c: ["staging"] });
  });

  it("cuts what there is much of, and says how much", async () => {
    const rows = deployRows(
      bench.app.store,
      (await bench.app.store.read.select().from(bench.app.store.read.tables.organizations))[0]?.id ?? 0,
    );
    const projects = await rows.projects(Array.from({ length: 30 }, (_, index) => `p${index}`));
    await rows.releases([{ version: "wide", date: new Date(day(1)), projectIds: projects }]);
    const commits = Array.from({ length: 50 }, (_, index) => ({ id: `c${index}`, author_email: `a${index}@acme.test`, message: "x" }));
    await release("crowd", { commits });
    const byVersion = new Map((await browse()).items.map((line) => [line.version, line]));
    expect(byVersion.get("wide")).toMatchObject({ projectCount: 30, projects: ["p0", "p1", "p2", "p3"].map((slug) => ({ slug })) });
    expect(byVersion.get("crowd")).toMatchObject({ peopleCount: 50, people: expect.objectContaining({ length: 12 }) });
  });

  it("sorts by date, by version and by build number", async () => {
    for (const version of ["a@1.10.0+7", "zeta", "a@1.9.0+8", "a@1.10.0-rc+6", "eta"]) {
      await release(version);
      bench.clock.advance(1000);
    }
    expect(await versions()).toEqual(["eta", "a@1.10.0-rc+6", "a@1.9.0+8", "zeta", "a@1.10.0+7"]);
    expect(await versions({ project: ["pump"] })).toEqual(await versions());
    expect(await versions({ sort: "semver" })).toEqual(["a@1.10.0+7", "a@1.10.0-rc+6", "a@1.9.0+8", "eta", "zeta"]);
    expect(await versions({ sort: "build" })).toEqual(["a@1.9.0+8", "a@1.10.0+7", "a@1.10.0-rc+6"]);
  });

  it("searches and filters as the wire's list", async () => {
    await release("a@1.0.0", { dateReleased: day(1) });
    await release("a@2.0.0", { projects: ["valve"] });
    await deploy("a@2.0.0", "production", 1);
    await setReleaseStatus(ci, { organization, versions: ["a@1.0.0"], status: "archived" });
    expect(await versions()).toEqual(["a@2.0.0"]);
    expect(await versions({ status: "archived" })).toEqual(["a@1.0.0"]);
    expect(await versions({ status: "archived", project: ["pump"] })).toEqual(["a@1.0.0"]);
    expect(await versions({ status: "open", project: ["pump"] })).toEqual([]);
    expect(await versions({ status: "", query: "release.version:>=1.0 finalized:true" })).toEqual(["a@1.0.0"]);
    expect(await versions({ status: "", environment: ["production"] })).toEqual(["a@2.0.0"]);
    await expect(browse({ query: "environment:production" })).rejects.toThrow("Invalid key for this search: environment");
    await expect(browse({ environment: ["nowhere"] })).rejects.toMatchObject({ code: "not_found" });
    await expect(browse({ project: ["other"] })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("shows nothing to whoever reaches no project, whatever the page asked for", async () => {
    await release("1.0");
    await bench.given.user("new@acme.test", { organization });
    const fresh = await as.person("new@acme.test");
    expect(await browse({ cursor: "0:1:0" }, fresh)).toEqual({ items: [], previous: null, next: null });
    await expect(browse({ per_page: "0" }, fresh)).rejects.toMatchObject({ code: "invalid" });
  });

  test.each(["date", "semver", "build"] as const)("reads as many statements for a hundred releases as for thousands: %s", async (sort) => {
    const { id } = await bench.given.organization("large");
    const rows = deployRows(bench.app.store, id);
    const [project = 0] = await rows.projects(["engine"]);
    const environments = await rows.environments(["staging", "production"]);
    const counted = countedStore(bench.app.store);
    const large = { ...(await as.ci("large")), store: counted.store };
    const add = async (from: number, count: number) => {
      const made = Array.from({ length: count }, (_, index) => ({
        version: `e@1.${from + index}.0+${from + index}`,
        date: new Date(Date.UTC(2026, 0, 1) + (from + index) * 60_000),
        projectIds: [project],
      }));
      const ids = await rows.releases(made);
      const deploys = ids.slice(-60).map((releaseId, index) => ({
        releaseId,
        environmentId: environments[index % 2] ?? 0,
        projectIds: [project],
        finished: new Date(day(1)),
      }));
      await rows.deploys(deploys);
    };
    const statements = async () => {
      counted.taken();
      const first = await listReleasesForPages(large, { organization: "large", sort, per_page: "50" });
      await listReleasesForPages(large, { organization: "large", sort, per_page: "50", cursor: first.next?.cursor });
      return counted.taken();
    };
    await add(0, 100);
    const few = await statements();
    await add(100, kind === "sqlite" ? 9900 : 1900);
    expect(await statements()).toBe(few);
    expect(few).toBeLessThanOrEqual(14);
  });
});
