import type { Store } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { stored } from "@landfall/testing/rows/stored-rows";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findLinks, findRelease } from "../access/find-release.ts";
import { activityIdent, changeRelease, ensureRelease, linkProjects, type NewRelease, recordFinalized } from "./releases.ts";

const NOW = new Date("2026-01-01T00:00:00.000Z");
const RELEASED = new Date("2018-12-19T19:25:49.971Z");

describe.each(["sqlite", "pglite"] as const)("a release in %s", (kind) => {
  let store: Store;
  let close: () => Promise<void>;
  let draft: NewRelease;
  let pump: number;
  let valve: number;

  beforeEach(async () => {
    ({ store, close } = await openTestStore(kind));
    const given = fixtures(store);
    const { id: organizationId } = await given.organization("acme");
    ({ id: pump } = await given.project("acme", "pump"));
    ({ id: valve } = await given.project("acme", "valve"));
    draft = {
      organizationId,
      version: "app@1.2.3-rc.1+77",
      ref: "main",
      url: null,
      ownerId: null,
      dateReleased: null,
      isArchived: false,
      userAgent: "cli",
    };
  });
  afterEach(() => close());

  const ensure = (more: Partial<NewRelease> = {}) => store.transaction((tx) => ensureRelease(tx, { ...draft, ...more }, NOW));
  const link = (release: ReleaseRow, ...ids: number[]) => store.transaction((tx) => linkProjects(tx, release, ids));
  const change = (release: ReleaseRow, changes: Parameters<typeof changeRelease>[2]) =>
    store.transaction((tx) => changeRelease(tx, release, changes));
  const links = async (release: ReleaseRow) => {
    const { releaseProjects } = store.read.tables;
    const rows = await store.read
      .select()
      .from(releaseProjects)
      .where(eq(releaseProjects.releaseId, release.id))
      .orderBy(asc(releaseProjects.id));
    return rows.map(({ projectId, isArchived, dateCreated, dateEffective }) => ({ projectId, isArchived, dateCreated, dateEffective }));
  };

  describe("ensureRelease", () => {
    test("creates a release once, with the given fields and the columns of its version", async () => {
      const { release, created } = await ensure();
      expect(created).toBe(true);
      expect(release).toMatchObject({ ...draft, dateCreated: NOW, dateEffective: NOW, commitCount: 0, deployCount: 0, authorIds: [] });
      expect(release).toMatchObject({
        package: "app",
        major: 1,
        minor: 2,
        patch: 3,
        revision: 0,
        isFinal: 0,
        prerelease: "rc.1",
        buildCode: "77",
        buildNumber: 77,
      });
    });

    test("does not change an existing release, not even null fields (contract 3.6)", async () => {
      const { release } = await ensure();
      expect(await ensure({ ref: "other", url: "https://x.y", dateReleased: RELEASED, isArchived: true, userAgent: "other" })).toEqual({
        release,
        created: false,
      });
    });

    test.each([
      ["1.0", { major: null, isFinal: null }],
      ["app@1.0", { major: 1, isFinal: 1, prerelease: "" }],
      ["app@1.0-rc", { major: 1, isFinal: 0, prerelease: "rc" }],
      ["hello world", { major: null, isFinal: null, prerelease: null, package: null }],
    ])("stores the columns of %s: %o", async (version, columns) => {
      expect((await ensure({ version })).release).toMatchObject(columns);
    });

    test("is case-sensitive, and uses the release date as the effective date", async () => {
      const [{ release }, { release: other, created }] = [
        await ensure(),
        await ensure({ version: "APP@1.2.3-rc.1+77", dateReleased: RELEASED }),
      ];
      expect([created, other.id === release.id, other.dateEffective]).toEqual([true, false, RELEASED]);
      expect(await findRelease(store.read, draft.organizationId, release.version)).toEqual(release);
      expect(await findRelease(store.read, draft.organizationId + 1, release.version)).toBeUndefined();
    });
  });

  describe("linkProjects", () => {
    test("links each project once, in the order given, and returns the new ones", async () => {
      const { release } = await ensure({ dateReleased: RELEASED });
      expect(await link(release, valve, pump, valve)).toEqual([valve, pump]);
      expect(await link(release, pump, valve)).toEqual([]);
      expect(await link(release)).toEqual([]);
      expect((await findLinks(store.read, release.id)).map(({ slug }) => slug)).toEqual(["valve", "pump"]);
      const repeated = { isArchived: false, dateCreated: NOW, dateEffective: RELEASED };
      expect(await links(release)).toEqual([
        { projectId: valve, ...repeated },
        { projectId: pump, ...repeated },
      ]);
    });
  });

  describe("changeRelease", () => {
    test("changes the given fields only, and their copies in the links", async () => {
      const { release } = await ensure();
      await link(release, pump, valve);
      const archived = await change(release, { isArchived: true });
      expect(archived).toEqual({ release: { ...release, isArchived: true }, isFinalized: false });
      const finalized = await change(archived.release, { dateReleased: RELEASED, ref: "v1", url: "https://x.y" });
      const now = { ...release, isArchived: true, dateReleased: RELEASED, dateEffective: RELEASED, ref: "v1", url: "https://x.y" };
      expect(finalized).toEqual({ release: now, isFinalized: true });
      expect(await findRelease(store.read, draft.organizationId, release.version)).toEqual(now);
      expect(await links(release)).toEqual(
        [pump, valve].map((projectId) => ({ projectId, isArchived: true, dateCreated: NOW, dateEffective: RELEASED })),
      );
    });

    test("writes nothing without changes", async () => {
      const { release } = await ensure();
      expect(await change(release, {})).toEqual({ release, isFinalized: false });
    });

    test("finalizes once; a later date is stored without finalizing again (contract 4.2)", async () => {
      const { release } = await ensure({ dateReleased: RELEASED });
      const later = await change(release, { dateReleased: NOW });
      expect(later).toEqual({ release: { ...release, dateReleased: NOW, dateEffective: NOW }, isFinalized: false });
    });

    test("finalizes once when two transactions read it without a date", async () => {
      const { release } = await ensure();
      expect((await change(release, { dateReleased: RELEASED })).isFinalized).toBe(true);
      expect(await change(release, { dateReleased: NOW })).toMatchObject({ isFinalized: false, release: { dateReleased: NOW } });
    });

    test("throws 404 if the release was deleted", async () => {
      const { release } = await ensure();
      await expect(change({ ...release, id: release.id + 1 }, { ref: "x" })).rejects.toMatchObject({ code: "not_found" });
      await expect(change({ ...release, organizationId: release.organizationId + 1 }, { ref: "x" })).rejects.toMatchObject({
        code: "not_found",
      });
    });
  });

  describe("recordFinalized", () => {
    const storedActivities = () => stored(store).activities(draft.organizationId);

    test("stores one activity per project with the first 64 characters of the version and the release date (contract 14.11)", async () => {
      const version = "é".repeat(65);
      const { release } = await ensure({ version, dateReleased: RELEASED });
      await store.transaction((tx) => recordFinalized(tx, release, [valve, pump]));
      const activity = { kind: "release", ident: "é".repeat(64), data: { version }, date: RELEASED.toISOString() };
      expect(await storedActivities()).toEqual([
        { project: "valve", ...activity },
        { project: "pump", ...activity },
      ]);
    });

    test("stores nothing without a release date or projects", async () => {
      const { release } = await ensure();
      await store.transaction(async (tx) => {
        await recordFinalized(tx, release, [pump]);
        await recordFinalized(tx, { ...release, dateReleased: RELEASED }, []);
      });
      expect(await storedActivities()).toEqual([]);
    });
  });
});

describe("activityIdent (contract 14.11)", () => {
  test.each([
    ["1.0", "1.0"],
    ["a".repeat(64), "a".repeat(64)],
    ["a".repeat(65), "a".repeat(64)],
    ["\u{1f680}".repeat(65), "\u{1f680}".repeat(64)],
    ["", ""],
  ])("%s", (version, ident) => {
    expect(activityIdent(version)).toBe(ident);
  });
});
