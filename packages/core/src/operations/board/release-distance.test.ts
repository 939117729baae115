import type { Store } from "@landfall/db/store";
import { deployRows } from "@landfall/testing/rows/deploy-rows";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findDistances, spanKey } from "./release-distance.ts";

const minute = (count: number) => new Date(Date.UTC(2026, 0, 1) + count * 60_000);

describe.each(["sqlite", "pglite", "postgres"] as const)("findDistances in %s", (kind) => {
  let store: Store;
  let close: () => Promise<void>;
  let organizations = 0;
  beforeAll(async () => {
    ({ store, close } = await openTestStore(kind));
  });
  afterAll(() => close());

  async function setUp(projects: number) {
    const { id } = await fixtures(store).organization(`world-${++organizations}`);
    const rows = deployRows(store, id);
    return { rows, projectIds: await rows.projects(Array.from({ length: projects }, (_, index) => `p${index}`)) };
  }

  it("counts releases and commits between any two releases of a project, as a simple model does", async () => {
    const anyRelease = fc.record({ minute: fc.nat(3), commits: fc.nat(5), projects: fc.subarray([0, 1], { minLength: 1 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(anyRelease, { minLength: 1, maxLength: 8 }), async (releases) => {
        const { rows, projectIds } = await setUp(2);
        const ids = await rows.releases(
          releases.map(({ minute: at, commits, projects }, index) => ({
            version: `v${index}`,
            date: minute(at),
            commitCount: commits,
            projectIds: projects.map((project) => projectIds[project] ?? 0),
          })),
        );
        const expected = new Map<string, object>();
        const spans = projectIds.flatMap((projectId, project) => {
          const order = releases
            .map((release, index) => ({ ...release, id: ids[index] ?? 0 }))
            .filter((release) => release.projects.includes(project))
            .toSorted((a, b) => a.minute - b.minute || a.id - b.id);
          return order.flatMap((older, index) =>
            order.slice(index + 1).map((newer, further) => {
              const span = { projectId, olderId: older.id, newerId: newer.id };
              const between = order.slice(index + 1, index + further + 2);
              const commits = between.reduce((sum, release) => sum + release.commits, 0);
              expected.set(spanKey(span), { releases: between.length, commits, isCapped: false });
              return span;
            }),
          );
        });
        expect(await findDistances(store.read, spans)).toEqual(expected);
      }),
      { numRuns: kind === "pglite" ? 8 : 20, seed: 20260102 },
    );
  });

  it("counts at most a thousand releases, starting at the older one", async () => {
    const { rows, projectIds } = await setUp(1);
    const [projectId = 0] = projectIds;
    const versions = Array.from({ length: 1002 }, (_, index) => index);
    const ids = await rows.releases(
      versions.map((index) => ({ version: `v${index}`, date: minute(index), projectIds, commitCount: index > 1000 ? 5000 : 2 })),
    );
    const [first = 0, beforeLast = 0, last = 0] = [ids[0], ids[1000], ids[1001]];
    const [exact, capped] = [
      { projectId, olderId: first, newerId: beforeLast },
      { projectId, olderId: first, newerId: last },
    ];
    expect(await findDistances(store.read, [exact, capped])).toEqual(
      new Map([
        [spanKey(exact), { releases: 1000, commits: 2000, isCapped: false }],
        [spanKey(capped), { releases: 1000, commits: 2000, isCapped: true }],
      ]),
    );
  });

  it("returns nothing for no spans", async () => {
    expect(await findDistances(store.read, [])).toEqual(new Map());
  });
});
