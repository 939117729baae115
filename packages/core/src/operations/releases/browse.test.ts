import type { Store } from "@landfall/db/store";
import { BROWSE_SORTS, type BrowseSort } from "@landfall/schema/constants";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { deployRows } from "@landfall/testing/rows/deploy-rows";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import type { TestStore } from "@landfall/testing/stores/test-store";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createDeploy } from "../deploys/create.ts";
import { createRelease } from "./create.ts";
import { countReleases, browseReleases, type KeysetFilter, selectByKeyset } from "./browse.ts";
import { setReleaseStatus } from "./set-status.ts";

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

  const browse = (input: Partial<Parameters<typeof browseReleases>[1]> = {}, context = ci) =>
    browseReleases(context, { organization, ...input });
  const versions = async (...args: Parameters<typeof browse>) => (await browse(...args)).items.map(({ version }) => version);
  const release = (version: string, more: object = {}) => createRelease(ci, { organization, version, projects: ["pump"], ...more });
  const deploy = (version: string, environment: string, finished: number, projects?: string[]) =>
    createDeploy(ci, { organization, version, environment, dateFinished: day(finished), ...(projects ? { projects } : {}) });

  it("lists releases without commits, and those that were finalized a week ago and never deployed", async () => {
    bench.clock.set(day(10));
    await release("bare", { dateReleased: day(3) });
    await release("deployed", { dateReleased: day(3), commits: [{ id: "a", message: "x" }] });
    await release("finalized-late", { dateReleased: day(4), commits: [{ id: "a", message: "x" }] });
    await deploy("deployed", "production", 5);
    expect(await versions({ lacking: "commits" })).toEqual(["bare"]);
    expect(await versions({ lacking: "deploys" })).toEqual(["bare"]);
    bench.clock.set(day(11));
    expect(await versions({ lacking: "deploys" })).toEqual(["finalized-late", "bare"]);
    expect(await countReleases(ci, { organization, lacking: "deploys" })).toMatchObject({ count: 2 });
    await expect(browse({ lacking: "sleep" as never })).rejects.toMatchObject({ code: "invalid" });
  });

  it("describes a release in one list row", async () => {
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
        { name: "production", dateFinished: day(3), projects: 2, isCurrent: true },
        { name: "staging", dateFinished: day(4), projects: 2, isCurrent: true },
      ],
    });
    expect(line?.people.map(({ email, isBot }) => [email, isBot])).toEqual([
      ["eva@acme.test", false],
      ["near@acme.test", false],
      ["bot@renovate.test", true],
    ]);
  });

  it("returns only projects and environments within reach", async () => {
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

  it("marks environments where the release is current in a project within reach", async () => {
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

  it("cuts long lists and returns their totals", async () => {
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

  it("filters like the list of the wire", async () => {
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

  it("returns nothing without a project within reach, for any cursor", async () => {
    await release("1.0");
    await bench.given.user("new@acme.test", { organization });
    const fresh = await as.person("new@acme.test");
    expect(await browse({ cursor: "0:1:0" }, fresh)).toEqual({ items: [], previous: null, next: null });
    await expect(browse({ per_page: "0" }, fresh)).rejects.toMatchObject({ code: "invalid" });
  });

  test.each(["date", "semver", "build"] as const)("runs as many statements for a hundred releases as for thousands: %s", async (sort) => {
    const { id } = await bench.given.organization("large");
    const rows = deployRows(bench.app.store, id);
    const [project = 0] = await rows.projects(["engine"]);
    const environments = await rows.environments(["staging", "production"]);
    const counted = countedStore(bench.app.store);
    const large = { ...(await as.ci("large")), store: counted.store };
    const add = async (from: number, count: number) => {
      const drafts = Array.from({ length: count }, (_, index) => ({
        version: `e@1.${from + index}.0+${from + index}`,
        date: new Date(Date.UTC(2026, 0, 1) + (from + index) * 60_000),
        projectIds: [project],
      }));
      const ids = await rows.releases(drafts);
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
      const first = await browseReleases(large, { organization: "large", sort, per_page: "50" });
      await browseReleases(large, { organization: "large", sort, per_page: "50", cursor: first.next?.cursor });
      return counted.taken();
    };
    await add(0, 100);
    const few = await statements();
    await add(100, kind === "sqlite" ? 9900 : 1900);
    expect(await statements()).toBe(few);
    expect(few).toBeLessThanOrEqual(14);
  });
});

type ReleaseDraft = {
  readonly minute: number;
  readonly numbers: readonly [number, number] | null;
  readonly build: number | null;
  readonly isArchived: boolean;
};

const anyRelease: fc.Arbitrary<ReleaseDraft> = fc.record({
  minute: fc.nat(3),
  numbers: fc.option(fc.tuple(fc.nat(2), fc.nat(2)), { freq: 3 }),
  build: fc.option(fc.nat(3)),
  isArchived: fc.boolean(),
});

const anyReleases = fc.array(anyRelease, { maxLength: 12 });
const date = (minute: number) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000);

/** Returns the ids in the order of the list, computed in memory. */
function expected(rows: readonly (ReleaseDraft & { id: number })[], sort: BrowseSort): number[] {
  const newest = (a: ReleaseDraft & { id: number }, b: ReleaseDraft & { id: number }) => b.minute - a.minute || b.id - a.id;
  if (sort === "date") return rows.toSorted(newest).map(({ id }) => id);
  if (sort === "build") {
    const built = rows.filter(({ build }) => build !== null);
    return built.toSorted((a, b) => (b.build ?? 0) - (a.build ?? 0) || b.id - a.id).map(({ id }) => id);
  }
  const height = ({ numbers }: ReleaseDraft) => (numbers ? numbers[0] * 10 + numbers[1] : -1);
  return rows.toSorted((a, b) => height(b) - height(a) || newest(a, b)).map(({ id }) => id);
}

describe.each(["sqlite", "pglite"] as const)("selectByKeyset over %s", (kind) => {
  let opened: TestStore;
  let store: Store;
  let sequence = 0;
  beforeAll(async () => {
    opened = await openTestStore(kind);
    store = opened.store;
  });
  afterAll(() => opened.close());

  async function organization() {
    const { id, projectIds } = await fixtures(store).organization(`o${++sequence}`, {
      teams: ["crew"],
      projects: { [`p${sequence}`]: "crew" },
    });
    const [projectId = 0] = projectIds.values();
    const add = (releases: readonly ReleaseDraft[]) =>
      store.transaction(async (tx) => {
        const ids: number[] = [];
        for (const { minute, numbers, build, isArchived } of releases) {
          const version = numbers ? { major: numbers[0], minor: numbers[1], patch: 0, revision: 0, isFinal: 1, prerelease: "" } : {};
          const dates = { dateCreated: date(minute), dateEffective: date(minute) };
          const [row] = await tx
            .insert(tx.tables.releases)
            .values({ organizationId: id, version: `v${++sequence}`, authorIds: [], isArchived, buildNumber: build, ...version, ...dates })
            .returning();
          await tx.insert(tx.tables.releaseProjects).values({ releaseId: row?.id ?? 0, projectId, isArchived, ...dates });
          ids.push(row?.id ?? 0);
        }
        return releases.map((release, index) => ({ ...release, id: ids[index] ?? 0 }));
      });
    const browsed = (more: Partial<KeysetFilter>): KeysetFilter => ({
      selected: { all: true },
      where: eq(store.read.tables.releases.organizationId, id),
      organizationId: id,
      status: "",
      sort: "date",
      ...more,
    });
    return { projectId, add, browsed };
  }

  async function walk(browsed: KeysetFilter, size: number, onPage?: () => Promise<unknown>): Promise<{ ids: number[]; cursors: string[] }> {
    const ids: number[] = [];
    const cursors: string[] = [];
    let cursor: string | undefined;
    for (;;) {
      const page = await selectByKeyset(store.read, browsed, { per_page: size, cursor });
      ids.push(...page.items.map((row) => row.id));
      if (page.previous?.hasResults) cursors.push(page.previous.cursor);
      if (!page.next?.hasResults) return { ids, cursors };
      cursor = page.next.cursor;
      await onPage?.();
    }
  }

  const listRequest = fc.record({
    sort: fc.constantFrom(...BROWSE_SORTS),
    status: fc.constantFrom("open" as const, "archived" as const, "" as const),
    inOne: fc.boolean(),
    size: fc.integer({ min: 1, max: 4 }),
  });
  const runs = { numRuns: kind === "sqlite" ? 100 : 20 };

  it("returns every release once and in order, despite new releases, forward and backward", async () => {
    await fc.assert(
      fc.asyncProperty(anyReleases, anyReleases, listRequest, async (before, meanwhile, { sort, status, inOne, size }) => {
        const { projectId, add, browsed } = await organization();
        const filter = browsed({ sort, status, selected: inOne ? { all: false, ids: new Set([projectId]) } : { all: true } });
        const matches = ({ isArchived }: ReleaseDraft) => status === "" || isArchived === (status === "archived");
        const rows = await add(before);
        const whole = expected(rows.filter(matches), sort);
        const { ids, cursors } = await walk(filter, size);
        expect(ids).toEqual(whole);
        for (const [index, cursor] of cursors.entries()) {
          const page = await selectByKeyset(store.read, filter, { per_page: size, cursor });
          expect(page.items.map((row) => row.id)).toEqual(whole.slice(index * size, (index + 1) * size));
          expect([page.previous?.hasResults, page.next?.hasResults]).toEqual([index > 0, true]);
        }
        const later = [...meanwhile];
        const all = [...rows];
        const busy = await walk(filter, size, async () => all.push(...(await add(later.splice(0, 3)))));
        const known = new Set(rows.map(({ id }) => id));
        expect(busy.ids.filter((id) => known.has(id))).toEqual(whole);
        const order = expected(all.filter(matches), sort);
        expect(busy.ids).toEqual(order.filter((id) => busy.ids.includes(id)));
      }),
      runs,
    );
  });

  it("returns the first page if the release of the cursor was deleted, is of another organization, or never existed", async () => {
    const one = await organization();
    const other = await organization();
    const [first, second] = await one.add([2, 1].map((minute) => ({ minute, numbers: null, build: null, isArchived: false })));
    const [foreign] = await other.add([{ minute: 5, numbers: null, build: null, isArchived: false }]);
    const idsFrom = async (cursor: string, more: Partial<KeysetFilter> = {}) =>
      (await selectByKeyset(store.read, one.browsed(more), { cursor })).items.map(({ id }) => id);
    const all = [first?.id, second?.id];
    expect(await idsFrom(`0:${first?.id}:0`)).toEqual([second?.id]);
    for (const id of [foreign?.id, 0, -4, 99_999_999, Number.MAX_SAFE_INTEGER]) expect(await idsFrom(`0:${id}:0`)).toEqual(all);
    expect(await idsFrom(`0:${first?.id}:0`, { sort: "build" })).toEqual([]);
    expect(await idsFrom(`0:${foreign?.id}:1`)).toEqual(all);
    await expect(selectByKeyset(store.read, one.browsed({}), { cursor: "x" })).rejects.toThrow("Invalid cursor parameter.");
  });
});

describe.each(["sqlite", "pglite"] as const)("countReleases over %s", (kind) => {
  let bench: TestApp;
  beforeEach(async () => void (bench = await createTestApp(kind)));
  afterEach(() => bench.close());

  it("counts the releases of the list, up to a thousand", async () => {
    const { id } = await bench.given.organization("acme", { openMembership: false });
    await bench.given.user("new@acme.test", { organization: "acme" });
    const rows = deployRows(bench.app.store, id);
    const [pump = 0, valve = 0] = await rows.projects(["pump", "valve"]);
    const drafts = (from: number, count: number, projectId: number) =>
      Array.from({ length: count }, (_, index) => ({ version: `v${from + index}`, date: new Date(0), projectIds: [projectId] }));
    await rows.releases([...drafts(0, 3, pump), ...drafts(3, 2, valve)]);
    const as = callers(bench.app, bench.given);
    const ci = await as.ci("acme");
    const count = (input: object = {}, context = ci) => countReleases(context, { organization: "acme", ...input });
    expect(await count()).toEqual({ count: 5, isCapped: false });
    expect(await count({ project: ["pump"] })).toEqual({ count: 3, isCapped: false });
    expect(await count({ query: "v4" })).toEqual({ count: 1, isCapped: false });
    expect(await count({ status: "archived" })).toEqual({ count: 0, isCapped: false });
    expect(await count({}, await as.person("new@acme.test"))).toEqual({ count: 0, isCapped: false });
    await expect(count({ query: "release:" })).rejects.toMatchObject({ code: "invalid" });
    await rows.releases(drafts(5, 995, pump));
    expect(await count()).toEqual({ count: 1000, isCapped: false });
    await rows.releases(drafts(1000, 1, pump));
    expect(await count({ status: "" })).toEqual({ count: 1000, isCapped: true });
  });
});
