import type { Store } from "@landfall/db/store";
import type { EnvironmentRow, ReleaseRow } from "@landfall/db/tables/schema";
import { directRows } from "@landfall/testing/rows/direct-rows";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeRelease, ensureRelease, linkProjects } from "../../records/releases.ts";
import { findNeighbors } from "./neighbors.ts";

const NOTHING = { ref: null, url: null, ownerId: null, dateReleased: null, isArchived: false, userAgent: null };

/** In order of creation: several at one moment, one of another project, one archived, one released long before. */
const RELEASES = [
  { version: "app@1.0", day: 3, projects: ["pump"], environments: ["production"] },
  { version: "app@1.1", day: 1, projects: ["pump", "valve"], environments: [] },
  { version: "web@1.0", day: 2, projects: ["valve"], environments: ["production"] },
  { version: "APP@2.0", day: 3, projects: ["pump"], environments: ["staging", "production"] },
  { version: "web@2.0%", day: 3, projects: ["pump"], environments: ["staging"], isArchived: true },
  { version: "app@3.0", day: 5, projects: ["pump", "valve"], environments: ["staging"] },
  { version: "web@3.0", day: 4, projects: ["pump"], environments: [], released: 9 },
] as const;

const day = (date: number) => new Date(Date.UTC(2026, 0, date));

describe.each(["sqlite", "pglite"] as const)("findNeighbors in %s (contract 4.1)", (kind) => {
  let store: Store;
  let close: () => Promise<void>;
  const projects = new Map<string, number>();
  const rows = new Map<string, ReleaseRow>();
  let environments: EnvironmentRow[];

  beforeAll(async () => {
    ({ store, close } = await openTestStore(kind));
    const given = fixtures(store);
    const { id: organizationId } = await given.organization("acme");
    for (const slug of ["pump", "valve"]) projects.set(slug, (await given.project("acme", slug)).id);
    for (const draft of RELEASES) {
      const row = await store.transaction(async (tx) => {
        const isArchived = "isArchived" in draft;
        const { release } = await ensureRelease(tx, { ...NOTHING, organizationId, version: draft.version, isArchived }, day(draft.day));
        await linkProjects(
          tx,
          release,
          draft.projects.map((slug) => projects.get(slug) ?? 0),
        );
        return "released" in draft ? (await changeRelease(tx, release, { dateReleased: day(draft.released) })).release : release;
      });
      rows.set(draft.version, row);
      for (const slug of draft.projects) {
        for (const name of draft.environments) await directRows(store).seenIn(organizationId, draft.version, name, projects.get(slug) ?? 0);
      }
    }
    environments = await store.read.select().from(store.read.tables.environments);
  });
  afterAll(() => close());

  type Request = { version: string; project: string; status: string; contains: string; environments: readonly string[] };

  function find({ version, project, status, contains, environments: names }: Request) {
    const release = rows.get(version);
    if (!release) throw new Error(`no release ${version}`);
    const chosen = environments.filter((environment) => names.includes(environment.name));
    return findNeighbors(store.read, release, { projectId: projects.get(project) ?? 0, status, contains, environments: chosen });
  }

  /** The expected result, from a scan of all releases. */
  function expected({ version, project, status, contains, environments: names }: Request) {
    const order = [...RELEASES.keys()].toSorted((one, other) => (RELEASES[one]?.day ?? 0) - (RELEASES[other]?.day ?? 0) || one - other);
    const all = order.flatMap((index) => RELEASES[index] ?? []);
    const inProject = all.filter(
      (release) =>
        release.projects.some((slug) => slug === project) &&
        (names.length === 0 || release.environments.some((name) => names.includes(name))),
    );
    const matches = (release: (typeof RELEASES)[number]) =>
      (status === "" || (status === "archived") === "isArchived" in release) &&
      release.version.toLowerCase().includes(contains.toLowerCase());
    const index = all.findIndex((release) => release.version === version);
    const before = inProject.filter((release) => matches(release) && all.indexOf(release) < index);
    const after = inProject.filter((release) => matches(release) && all.indexOf(release) > index);
    return {
      prevReleaseVersion: before.at(-1)?.version ?? null,
      nextReleaseVersion: after.at(0)?.version ?? null,
      firstReleaseVersion: inProject.at(0)?.version ?? null,
      lastReleaseVersion: inProject.at(-1)?.version ?? null,
    };
  }

  const REQUEST = { version: "APP@2.0", project: "pump", status: "open", contains: "", environments: [] };

  test("returns the releases created just before and after, of equal moments by id, regardless of the release date", async () => {
    const neighbors = { firstReleaseVersion: "app@1.1", lastReleaseVersion: "app@3.0" };
    expect(await find(REQUEST)).toEqual({ ...neighbors, prevReleaseVersion: "app@1.0", nextReleaseVersion: "web@3.0" });
    expect(await find({ ...REQUEST, status: "" })).toMatchObject({ prevReleaseVersion: "app@1.0", nextReleaseVersion: "web@2.0%" });
    expect(await find({ ...REQUEST, status: "archived" })).toEqual({
      ...neighbors,
      prevReleaseVersion: null,
      nextReleaseVersion: "web@2.0%",
    });
  });

  test("filters by a literal text, case-insensitively", async () => {
    expect(await find({ ...REQUEST, contains: "App" })).toMatchObject({ prevReleaseVersion: "app@1.0", nextReleaseVersion: "app@3.0" });
    expect(await find({ ...REQUEST, status: "", contains: "%" })).toMatchObject({
      prevReleaseVersion: null,
      nextReleaseVersion: "web@2.0%",
    });
    expect(await find({ ...REQUEST, contains: "_" })).toMatchObject({
      prevReleaseVersion: null,
      nextReleaseVersion: null,
      firstReleaseVersion: "app@1.1",
    });
  });

  test("filters by environment, also the first and last release", async () => {
    expect(await find({ ...REQUEST, environments: ["production"] })).toEqual({
      prevReleaseVersion: "app@1.0",
      nextReleaseVersion: null,
      firstReleaseVersion: "app@1.0",
      lastReleaseVersion: "APP@2.0",
    });
  });

  test("works for a release of another project, and without neighbors", async () => {
    expect(await find({ ...REQUEST, version: "web@1.0" })).toMatchObject({ prevReleaseVersion: "app@1.1", nextReleaseVersion: "app@1.0" });
    const none = { prevReleaseVersion: null, nextReleaseVersion: null, firstReleaseVersion: null, lastReleaseVersion: null };
    expect(await find({ ...REQUEST, project: "none" })).toEqual(none);
  });

  test("returns what a scan of all releases returns", async () => {
    const any = fc.record({
      version: fc.constantFrom(...RELEASES.map((release) => release.version)),
      project: fc.constantFrom("pump", "valve"),
      status: fc.constantFrom("", "open", "archived"),
      contains: fc.constantFrom("", "a", "WEB", "1.", "@", "%"),
      environments: fc.subarray(["production", "staging"]),
    });
    const property = fc.asyncProperty(any, async (request) => {
      expect(await find(request)).toEqual(expected(request));
    });
    await fc.assert(property, { seed: 1, numRuns: kind === "sqlite" ? 200 : 40 });
  });
});
