import type { Store } from "@landfall/db/store";
import { deployRows } from "@landfall/testing/rows/deploy-rows";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findLatestDeploys, placeKey } from "./latest-deploys.ts";

const minute = (count: number) => new Date(Date.UTC(2026, 0, 1) + count * 60_000);

describe.each(["sqlite", "pglite", "postgres"] as const)("findLatestDeploys in %s", (kind) => {
  let store: Store;
  let close: () => Promise<void>;
  let organizations = 0;
  beforeAll(async () => {
    ({ store, close } = await openTestStore(kind));
  });
  afterAll(() => close());

  async function setUp(releases: number, projectsOf: (release: number) => readonly number[] = () => [0, 1]) {
    const { id } = await fixtures(store).organization(`world-${++organizations}`);
    const rows = deployRows(store, id);
    const projectIds = await rows.projects(["quiet", "busy"]);
    const environmentIds = await rows.environments(["staging", "production"]);
    const idsOf = (release: number) => projectsOf(release).map((project) => projectIds[project] ?? 0);
    const releaseIds = await rows.releases(
      Array.from({ length: releases }, (_, index) => ({ version: `v${index}`, date: minute(index), projectIds: idsOf(index) })),
    );
    const places = projectIds.flatMap((projectId) => environmentIds.map((environmentId) => ({ projectId, environmentId })));
    return { rows, projectIds, environmentIds, releaseIds, places, idsOf };
  }

  it("returns the newest versions of each place, as a simple model does", async () => {
    const anyDeploy = fc.record({
      release: fc.nat(3),
      environment: fc.nat(1),
      projects: fc.subarray([0, 1], { minLength: 1 }),
      at: fc.nat(5),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyDeploy, { maxLength: 15 }), fc.integer({ min: 1, max: 3 }), async (deploys, depth) => {
        const { rows, projectIds, environmentIds, releaseIds, places } = await setUp(4);
        const ids = await rows.deploys(
          deploys.map(({ release, environment, projects, at }) => ({
            releaseId: releaseIds[release] ?? 0,
            environmentId: environmentIds[environment] ?? 0,
            projectIds: projects.map((project) => projectIds[project] ?? 0),
            finished: minute(at),
          })),
        );
        const expected = places.map((place) => {
          const inPlace = deploys
            .map((deploy, index) => ({ ...deploy, index }))
            .filter(({ environment, projects }) => {
              const project = projectIds.indexOf(place.projectId);
              return environmentIds[environment] === place.environmentId && projects.includes(project);
            });
          const last = inPlace.filter((one) => !inPlace.some((other) => other.release === one.release && other.index > one.index));
          const newest = last.toSorted((a, b) => b.at - a.at || b.index - a.index).slice(0, depth);
          return [
            placeKey(place),
            newest.map(({ index, release }) => ({ ...place, deployId: ids[index], releaseId: releaseIds[release] })),
          ];
        });
        const found = await findLatestDeploys(store.read, places, depth);
        expect([...found].map(([key, list]) => [key, list.map((one) => ({ ...one }))])).toEqual(expected);
      }),
      { numRuns: kind === "pglite" ? 8 : 25, seed: 20260102 },
    );
  });

  it("finds deploys older than thousands of deploys of another project with two queries", async () => {
    const { rows, environmentIds, releaseIds, places, idsOf } = await setUp(4, (release) => [release < 3 ? 0 : 1]);
    const [staging = 0, production = 0] = environmentIds;
    const deploy = (release: number, environmentId: number, at: number) => {
      return { releaseId: releaseIds[release] ?? 0, environmentId, projectIds: idsOf(release), finished: minute(at) };
    };
    const noise = Array.from({ length: 2500 }, (_, index) => [deploy(3, staging, 100 + index), deploy(3, production, 100 + index)]).flat();
    await rows.deploys([deploy(0, staging, 1), deploy(1, staging, 2), deploy(2, production, 1), ...noise, deploy(1, production, 5000)]);
    const counted = countedStore(store);
    const found = await findLatestDeploys(counted.store.read, places);
    expect([...found.values()].map((list) => list.map(({ releaseId }) => releaseIds.indexOf(releaseId)))).toEqual([
      [1, 0],
      [1, 2],
      [3],
      [3],
    ]);
    expect(counted.taken()).toBe(2);
  });

  it("returns nothing for no places, without a query", async () => {
    const counted = countedStore(store);
    expect(await findLatestDeploys(counted.store.read, [])).toEqual(new Map());
    expect(counted.taken()).toBe(0);
  });
});
