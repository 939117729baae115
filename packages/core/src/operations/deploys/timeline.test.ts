import { MINUTE } from "@landfall/domain/durations";
import type { Store } from "@landfall/db/store";
import { deployRows } from "@landfall/testing/rows/deploy-rows";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keysetWindow } from "../../kernel/keyset-page.ts";
import { readTimeline, type Timeline } from "./timeline.ts";

const minute = (count: number) => new Date(Date.UTC(2026, 0, 1) + count * MINUTE);
const PROJECTS = [0, 1, 2];
const ENVIRONMENTS = [0, 1, 2];

/** A release of one of two packages. Their versions have no order, so that the date counts. */
type Release = { readonly date: number; readonly projects: readonly number[]; readonly package: string };

type Deploy = {
  readonly release: number;
  readonly environment: number;
  readonly projects: readonly number[];
  readonly finished: number;
  readonly took: number | null;
};

type Deployments = { readonly releases: readonly Release[]; readonly deploys: readonly Deploy[] };

const anyWorld: fc.Arbitrary<Deployments> = fc
  .array(fc.record({ date: fc.nat(3), projects: fc.subarray(PROJECTS, { minLength: 1 }), package: fc.constantFrom("", "a@", "@b@") }), {
    minLength: 1,
    maxLength: 4,
  })
  .chain((releases) => {
    const anyDeploy = fc.nat(releases.length - 1).chain((release) =>
      fc.record({
        release: fc.constant(release),
        environment: fc.constantFrom(...ENVIRONMENTS),
        projects: fc.subarray([...(releases[release]?.projects ?? [])], { minLength: 1 }),
        finished: fc.nat(8),
        took: fc.option(fc.integer({ min: -1, max: 4 })),
      }),
    );
    return fc.record({ releases: fc.constant(releases), deploys: fc.array(anyDeploy, { minLength: 5, maxLength: 25 }) });
  });

/** The filter of a timeline; without environments or projects, all are included. */
const anyQuestion = fc.record({
  environments: fc.oneof(fc.constant<number[]>([]), fc.subarray(ENVIRONMENTS)),
  projects: fc.option(fc.subarray(PROJECTS), { freq: 2 }),
  from: fc.option(fc.nat(8), { nil: undefined, freq: 2 }),
  to: fc.option(fc.nat(9), { nil: undefined, freq: 2 }),
});

type Filter = typeof anyQuestion extends fc.Arbitrary<infer T> ? T : never;

const versionOf = (name: string, index: number): string => `${name}build-${index}`;

/** Returns the whole timeline as a simple model computes it, which compares every deploy with every other. */
function expected({ releases, deploys }: Deployments, { environments, projects: reach, from: since, to: until }: Filter) {
  const counts = (index: number, project: number) => {
    const { release, environment } = deploys[index] ?? {};
    const last = deploys.findLastIndex(
      (one) => one.release === release && one.environment === environment && one.projects.includes(project),
    );
    return last >= index && (reach === null || reach.includes(project));
  };
  const packageOf = ({ release }: Deploy) => releases[release]?.package ?? "";
  const version = (deploy: Deploy) => versionOf(packageOf(deploy), deploy.release);
  const order = deploys.map((deploy, index) => ({ ...deploy, index, all: PROJECTS.filter((project) => counts(index, project)) }));
  order.sort((a, b) => b.finished - a.finished || b.index - a.index);
  const included = order.filter(
    (one) =>
      one.all.length > 0 &&
      (environments.length === 0 || environments.includes(one.environment)) &&
      (since === undefined || one.finished >= since) &&
      (until === undefined || one.finished < until),
  );
  return included.map((one) => {
    const older = order
      .slice(order.indexOf(one) + 1)
      .filter((other) => other.environment === one.environment && packageOf(other) === packageOf(one));
    const before = older.find((other) => other.all.some((project) => one.all.includes(project)));
    const age = (release: number) => (releases[release]?.date ?? 0) * 100 + release;
    const change = before && age(one.release) - age(before.release);
    const started = one.took === null ? null : one.finished - one.took;
    return {
      version: version(one),
      environment: `e${one.environment}`,
      projects: one.all.map((project) => {
        const previous = older.find((other) => other.all.includes(project));
        return `p${project} ${previous ? version(previous) : null}`;
      }),
      kind: change === undefined ? "first" : change === 0 ? "again" : change > 0 ? "forward" : "back",
      duration: one.took === null || one.took < 0 ? null : one.took * MINUTE,
      gap: before ? Math.max(0, (started ?? one.finished) - before.finished) * MINUTE : null,
    };
  });
}

describe.each(["sqlite", "pglite", "postgres"] as const)("readTimeline in %s", (kind) => {
  let store: Store;
  let close: () => Promise<void>;
  let organizations = 0;
  beforeAll(async () => {
    ({ store, close } = await openTestStore(kind));
  });
  afterAll(() => close());

  /** Stores the world as a new organization. Returns a function that builds its timeline. */
  async function make({ releases, deploys }: Deployments): Promise<(question: Filter) => Timeline> {
    const { id: organizationId } = await fixtures(store).organization(`world-${++organizations}`);
    const rows = deployRows(store, organizationId);
    const projectIds = await rows.projects(PROJECTS.map((project) => `p${project}`));
    const environmentIds = await rows.environments(ENVIRONMENTS.map((environment) => `e${environment}`));
    const idsOf = (ids: readonly number[], indexes: readonly number[]) => indexes.map((index) => ids[index] ?? 0);
    const releaseIds = await rows.releases(
      releases.map(({ date, projects }, index) => ({
        version: versionOf(releases[index]?.package ?? "", index),
        date: minute(date),
        projectIds: idsOf(projectIds, projects),
      })),
    );
    await rows.deploys(
      deploys.map(({ release, environment, projects, finished, took }) => ({
        releaseId: releaseIds[release] ?? 0,
        environmentId: environmentIds[environment] ?? 0,
        projectIds: idsOf(projectIds, projects),
        finished: minute(finished),
        ...(took === null ? {} : { started: minute(finished - took) }),
      })),
    );
    return ({ environments, projects, from, to }) => ({
      organizationId,
      environmentIds: idsOf(environmentIds, environments),
      reach: projects === null ? { all: true } : { all: false, ids: new Set(idsOf(projectIds, projects)) },
      from: from === undefined ? undefined : minute(from),
      to: to === undefined ? undefined : minute(to),
    });
  }

  /** Returns all items from the first page to the last, and again backward. */
  async function walk(timeline: Timeline, size: number) {
    const page = (cursor?: string) => readTimeline(store.read, timeline, keysetWindow({ per_page: size, cursor }, "descending"));
    let at = await page();
    const there = [at.items];
    while (at.next?.hasResults) there.push((at = await page(at.next.cursor)).items);
    const back = [at.items];
    while (at.previous?.hasResults) back.unshift((at = await page(at.previous.cursor)).items);
    return { there: there.flat(), back: back.flat() };
  }

  it("returns what a simple model returns, for any filter, page by page, forward and back", async () => {
    const cases = fc.tuple(anyWorld, fc.array(fc.tuple(anyQuestion, fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(cases, async ([world, questions]) => {
        const timelineOf = await make(world);
        for (const [question, size] of questions) {
          const { there, back } = await walk(timelineOf(question), size);
          const result = there.map(({ version, environment, projects, kind: change, duration, gap }) => ({
            version,
            environment,
            projects: projects.map(({ slug, from }) => `${slug} ${from}`),
            kind: change,
            duration,
            gap,
          }));
          expect(result).toEqual(expected(world, question));
          expect(back).toEqual(there);
        }
      }),
      { numRuns: kind === "pglite" ? 8 : 25, seed: 20260102 },
    );
  });

  it("reads the deploys of a project itself for those beyond the 500 before the page, of the same package too", async () => {
    const { id: organizationId } = await fixtures(store).organization(`world-${++organizations}`);
    const rows = deployRows(store, organizationId);
    const [quiet = 0, busy = 0] = await rows.projects(["quiet", "busy"]);
    const [environmentId = 0] = await rows.environments(["production"]);
    const release = (version: string, projectId: number) => ({ version, date: minute(0), projectIds: [projectId] });
    const versions = ["@b@c-1", "@b@c-2", "a@1", "noise"];
    const ids = await rows.releases(versions.map((version) => release(version, version === "noise" ? busy : quiet)));
    const deploy = (index: number, at: number, projectId = quiet) => {
      return { releaseId: ids[index] ?? 0, environmentId, projectIds: [projectId], finished: minute(at) };
    };
    const noise = Array.from({ length: 600 }, (_, index) => deploy(3, 10 + index, busy));
    await rows.deploys([deploy(0, 1), deploy(2, 2), ...noise, deploy(1, 1000)]);
    const timeline = { organizationId, environmentIds: [environmentId], reach: { all: true } as const };
    const { items } = await readTimeline(store.read, timeline, keysetWindow({ per_page: 1 }, "descending"));
    expect(items.map(({ version, from, kind: change }) => [version, from?.version, change])).toEqual([["@b@c-2", "@b@c-1", "forward"]]);
  });

  it("orders versions of a package by their numbers: a hotfix of an old line goes back, a build after a tag forward", async () => {
    const { id: organizationId } = await fixtures(store).organization(`world-${++organizations}`);
    const rows = deployRows(store, organizationId);
    const projectIds = await rows.projects(["web"]);
    const [environmentId = 0] = await rows.environments(["production"]);
    const versions = ["4.2.1", "4.3.0", "4.2.2", "4.3.0-5-gedf6082", "4.3.1"];
    const ids = await rows.releases(versions.map((version, index) => ({ version, date: minute(index), projectIds })));
    await rows.deploys(ids.map((releaseId, index) => ({ releaseId, environmentId, projectIds, finished: minute(10 + index) })));
    const timeline = { organizationId, environmentIds: [environmentId], reach: { all: true } as const };
    const { items } = await readTimeline(store.read, timeline, keysetWindow({}, "descending"));
    expect(items.map(({ version, kind: change }) => `${version} ${change}`)).toEqual([
      "4.3.1 forward",
      "4.3.0-5-gedf6082 forward",
      "4.2.2 back",
      "4.3.0 forward",
      "4.2.1 first",
    ]);
  });
});
