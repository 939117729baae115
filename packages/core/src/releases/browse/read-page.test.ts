import type { Store } from "@landfall/db/store";
import { fixtures } from "@landfall/testing/fixtures";
import { openTestStore } from "@landfall/testing/open-test-store";
import type { TestStore } from "@landfall/testing/test-store";
import { BROWSE_SORTS, type BrowseSort } from "@landfall/schema/browse-sorts";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PageFilter, readPage } from "./read-page.ts";

type Made = {
  readonly minute: number;
  readonly numbers: readonly [number, number] | null;
  readonly build: number | null;
  readonly isArchived: boolean;
};

const aRelease: fc.Arbitrary<Made> = fc.record({
  minute: fc.nat(3),
  numbers: fc.option(fc.tuple(fc.nat(2), fc.nat(2)), { freq: 3 }),
  build: fc.option(fc.nat(3)),
  isArchived: fc.boolean(),
});
const someReleases = fc.array(aRelease, { maxLength: 12 });
const date = (minute: number) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000);

/** The ids in the list's order, told the slow way. */
function expected(rows: readonly (Made & { id: number })[], sort: BrowseSort): number[] {
  const newest = (a: Made & { id: number }, b: Made & { id: number }) => b.minute - a.minute || b.id - a.id;
  if (sort === "date") return rows.toSorted(newest).map(({ id }) => id);
  if (sort === "build") {
    const built = rows.filter(({ build }) => build !== null);
    return built.toSorted((a, b) => (b.build ?? 0) - (a.build ?? 0) || b.id - a.id).map(({ id }) => id);
  }
  const height = ({ numbers }: Made) => (numbers ? numbers[0] * 10 + numbers[1] : -1);
  return rows.toSorted((a, b) => height(b) - height(a) || newest(a, b)).map(({ id }) => id);
}

describe.each(["sqlite", "pglite"] as const)("pages of releases over %s", (kind) => {
  let opened: TestStore;
  let store: Store;
  let made = 0;
  beforeAll(async () => {
    opened = await openTestStore(kind);
    store = opened.store;
  });
  afterAll(() => opened.close());

  async function organization() {
    const { id, projectIds } = await fixtures(store).organization(`o${++made}`, { teams: ["crew"], projects: { [`p${made}`]: "crew" } });
    const [projectId = 0] = projectIds.values();
    const add = (releases: readonly Made[]) =>
      store.transaction(async (tx) => {
        const ids: number[] = [];
        for (const { minute, numbers, build, isArchived } of releases) {
          const version = numbers ? { major: numbers[0], minor: numbers[1], patch: 0, revision: 0, isFinal: 1, prerelease: "" } : {};
          const dates = { dateCreated: date(minute), dateEffective: date(minute) };
          const [row] = await tx
            .insert(tx.tables.releases)
            .values({ organizationId: id, version: `v${++made}`, authorIds: [], isArchived, buildNumber: build, ...version, ...dates })
            .returning();
          await tx.insert(tx.tables.releaseProjects).values({ releaseId: row?.id ?? 0, projectId, isArchived, ...dates });
          ids.push(row?.id ?? 0);
        }
        return releases.map((release, index) => ({ ...release, id: ids[index] ?? 0 }));
      });
    const browsed = (more: Partial<PageFilter>): PageFilter => ({
      selected: { all: true },
      where: eq(store.read.tables.releases.organizationId, id),
      organizationId: id,
      status: "",
      sort: "date",
      ...more,
    });
    return { projectId, add, browsed };
  }

  async function walk(browsed: PageFilter, size: number, onPage?: () => Promise<unknown>): Promise<{ ids: number[]; cursors: string[] }> {
    const ids: number[] = [];
    const cursors: string[] = [];
    let cursor: string | undefined;
    for (;;) {
      const page = await readPage(store.read, browsed, { per_page: size, cursor });
      ids.push(...page.items.map((row) => row.id));
      if (page.previous?.hasResults) cursors.push(page.previous.cursor);
      if (!page.next?.hasResults) return { ids, cursors };
      cursor = page.next.cursor;
      await onPage?.();
    }
  }

  const question = fc.record({
    sort: fc.constantFrom(...BROWSE_SORTS),
    status: fc.constantFrom("open" as const, "archived" as const, "" as const),
    inOne: fc.boolean(),
    size: fc.integer({ min: 1, max: 4 }),
  });
  const runs = { numRuns: kind === "sqlite" ? 100 : 20 };

  it("hold every release once, in order, also when others come meanwhile, and lead back", async () => {
    await fc.assert(
      fc.asyncProperty(someReleases, someReleases, question, async (before, meanwhile, { sort, status, inOne, size }) => {
        const { projectId, add, browsed } = await organization();
        const wanted = browsed({ sort, status, selected: inOne ? { all: false, ids: new Set([projectId]) } : { all: true } });
        const isWanted = ({ isArchived }: Made) => status === "" || isArchived === (status === "archived");
        const rows = await add(before);
        const whole = expected(rows.filter(isWanted), sort);
        const { ids, cursors } = await walk(wanted, size);
        expect(ids).toEqual(whole);
        for (const [index, cursor] of cursors.entries()) {
          const page = await readPage(store.read, wanted, { per_page: size, cursor });
          expect(page.items.map((row) => row.id)).toEqual(whole.slice(index * size, (index + 1) * size));
          expect([page.previous?.hasResults, page.next?.hasResults]).toEqual([index > 0, true]);
        }
        const later = [...meanwhile];
        const all = [...rows];
        const busy = await walk(wanted, size, async () => all.push(...(await add(later.splice(0, 3)))));
        const known = new Set(rows.map(({ id }) => id));
        expect(busy.ids.filter((id) => known.has(id))).toEqual(whole);
        const order = expected(all.filter(isWanted), sort);
        expect(busy.ids).toEqual(order.filter((id) => busy.ids.includes(id)));
      }),
      runs,
    );
  });

  it("start anew where the release a page ended at is gone, is another organization's, or never was", async () => {
    const one = await organization();
    const other = await organization();
    const [first, second] = await one.add([2, 1].map((minute) => ({ minute, numbers: null, build: null, isArchived: false })));
    const [foreign] = await other.add([{ minute: 5, numbers: null, build: null, isArchived: false }]);
    const idsFrom = async (cursor: string, more: Partial<PageFilter> = {}) =>
      (await readPage(store.read, one.browsed(more), { cursor })).items.map(({ id }) => id);
    const all = [first?.id, second?.id];
    expect(await idsFrom(`0:${first?.id}:0`)).toEqual([second?.id]);
    for (const id of [foreign?.id, 0, -4, 99_999_999, Number.MAX_SAFE_INTEGER]) expect(await idsFrom(`0:${id}:0`)).toEqual(all);
    expect(await idsFrom(`0:${first?.id}:0`, { sort: "build" })).toEqual([]);
    expect(await idsFrom(`0:${foreign?.id}:1`)).toEqual(all);
    await expect(readPage(store.read, one.browsed({}), { cursor: "x" })).rejects.toThrow("Invalid cursor parameter.");
  });
});
