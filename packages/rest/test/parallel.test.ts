import { stored } from "@landfall/testing/rows/stored-rows";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openWire, type Reply, type Wire } from "./open-wire.ts";
import { onEachDatabase } from "./run-scenarios.ts";
import { openScenario, type ScenarioContext } from "./scenario-context.ts";

type Body = Readonly<Record<string, unknown>>;
type Shown = { readonly version: string; readonly commitCount: number; readonly deployCount: number };

const CONFLICT = { detail: "Release commits are currently being processed" };

/** The number of responses by status. */
const countByStatus = (replies: readonly Reply[]): Record<number, number> =>
  Object.fromEntries([...Map.groupBy(replies, ({ status }) => status)].map(([status, some]) => [status, some.length]));

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));

onEachDatabase("parallel calls", (kind) => {
  const isServer = kind === "postgres";
  let wire: Wire;
  let on: ScenarioContext;
  let o: string;
  let p: string;

  beforeAll(async () => {
    wire = await openWire(kind);
  });
  afterAll(() => wire.close());
  beforeEach(async () => {
    on = await openScenario(wire);
    o = `/organizations/${on.organization.slug}/releases/`;
    p = `/projects/${on.organization.slug}`;
    wire.use((await on.token("manager")) ?? "");
  });

  const created = async (version: string, body: Body = {}) => {
    const { status } = await wire.post(o, { version, projects: ["foo"], ...body });
    expect(status).toBe(201);
  };
  /** One field of each item of a list. */
  const listed = async (path: string, field: string): Promise<unknown[]> => {
    const { body } = await wire.get(path);
    return Array.isArray(body) ? body.map((item: Record<string, unknown>) => item[field]) : [];
  };
  const shown = async (version: string): Promise<Shown> => {
    const { body, status } = await wire.get(`${o}${version}/`);
    expect(status).toBe(200);
    return shownIn(body);
  };

  describe("of one version", () => {
    it("fifty reports create it once: one returns 201, the others 208", async () => {
      const replies = await Promise.all(times(50, () => wire.post(o, { version: "1", projects: ["foo"] })));
      expect(countByStatus(replies)).toEqual({ 201: 1, 208: 49 });
      expect(await listed(o, "version")).toEqual(["1"]);
      expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    });

    it("reports of two projects make one release and link each once", async () => {
      const replies = await Promise.all(times(40, (index) => wire.post(o, { version: "1", projects: [index % 2 === 0 ? "foo" : "bar"] })));
      expect(countByStatus(replies)).toEqual({ 201: 2, 208: 38 });
      expect(await listed(`${o}?flatten=1`, "version")).toEqual(["1", "1"]);
    });

    it("reports by projects and by the organization make one release", async () => {
      const replies = await Promise.all(
        times(30, (index) =>
          index % 3 === 0
            ? wire.post(o, { version: "1", projects: ["foo", "bar"] })
            : wire.post(`${p}/${index % 3 === 1 ? "foo" : "bar"}/releases/`, { version: "1" }),
        ),
      );
      expect(Object.keys(countByStatus(replies)).every((status) => status === "201" || status === "208")).toBe(true);
      expect(await listed(o, "version")).toEqual(["1"]);
    });

    it("finalized reports add one activity per project", async () => {
      await Promise.all(times(20, () => wire.post(o, { version: "1", projects: ["foo", "bar"], dateReleased: "2026-01-01" })));
      const activities = await stored(on.store).activities(on.organization.id);
      expect(activities.map(({ project }) => project).toSorted()).toEqual(["bar", "foo"]);
    });

    it("reports that finalize it in parallel add one activity per project", async () => {
      await created("1", { projects: ["foo", "bar"] });
      const replies = await Promise.all(
        times(20, (index) => wire.put(`${o}1/`, { dateReleased: `2026-01-${String(index + 1).padStart(2, "0")}` })),
      );
      expect(countByStatus(replies)).toEqual({ 200: 20 });
      const activities = await stored(on.store).activities(on.organization.id);
      expect(activities.map(({ project }) => project).toSorted()).toEqual(["bar", "foo"]);
    });

    it("changes of different fields are all kept", async () => {
      await created("1");
      await Promise.all([
        wire.put(`${o}1/`, { ref: "main" }),
        wire.put(`${o}1/`, { url: "https://example.com" }),
        wire.put(`${o}1/`, { dateReleased: "2026-01-01" }),
        wire.put(`${o}1/`, { status: "archived" }),
        wire.put(`${o}1/`, { commits: [{ id: "a" }] }),
        wire.post(`${o}1/deploys/`, { environment: "prod" }),
      ]);
      const { body } = await wire.get(`${o}1/`);
      expect(body).toMatchObject({
        ref: "main",
        url: "https://example.com",
        dateReleased: "2026-01-01T00:00:00Z",
        status: "archived",
        commitCount: 1,
        deployCount: 1,
      });
      expect(await listed(`${p}/foo/releases/`, "version")).toEqual([]);
      expect(await listed(`${o}?status=archived&project=foo`, "version")).toEqual(["1"]);
    });

    it("thirty deploys are all stored, in one environment", async () => {
      await created("1");
      const replies = await Promise.all(times(30, (index) => wire.post(`${o}1/deploys/`, { environment: "prod", name: String(index) })));
      expect(countByStatus(replies)).toEqual({ 201: 30 });
      expect(await shown("1")).toMatchObject({ deployCount: 30 });
      expect(await listed(`${o}1/deploys/?all=1`, "id")).toHaveLength(30);
      expect(await stored(on.store).environments(on.organization.id)).toEqual(["prod"]);
    });
  });

  describe("commits", () => {
    const lists = times(12, (list) =>
      times(25, (index) => ({
        id: `${list % 3}-${(index * 7 + list) % 25}`,
        repository: `owner/${(index + list) % 4}`,
        message: `${list} ${index}`,
        author_name: `A${list}`,
        author_email: `author-${(index + list) % 6}@example.com`,
        patch_set: [{ path: `f${index % 5}`, type: "M" }],
      })),
    );

    it(`C11 of one release: the list is exactly one of those sent${isServer ? "" : " (with one writer each waits for its turn: none is refused)"}`, async () => {
      await created("1");
      const replies = await Promise.all(lists.map((commits) => wire.put(`${o}1/`, { commits })));
      const counts = countByStatus(replies);
      expect((counts[200] ?? 0) + (counts[409] ?? 0), JSON.stringify(counts)).toBe(lists.length);
      if (!isServer) expect(counts).toEqual({ 200: lists.length });
      expect(counts[200]).toBeGreaterThan(0);
      for (const { status, body } of replies) if (status === 409) expect(body).toEqual(CONFLICT);
      const ids = await listed(`${o}1/commits/`, "id");
      expect(lists.map((commits) => commits.map(({ id }) => id))).toContainEqual(ids);
      expect(await shown("1")).toMatchObject({ commitCount: 25 });
    });

    it("of many releases share repositories, commits and authors, and all are stored", async () => {
      await Promise.all(lists.map((_, index) => created(`v${index}`)));
      const replies = await Promise.all(
        lists.map((commits, index) => wire.put(`${o}v${index}/`, { commits: index % 2 === 0 ? commits : commits.toReversed() })),
      );
      expect(countByStatus(replies)).toEqual({ 200: lists.length });
      for (const [index, commits] of lists.entries()) {
        const ids = commits.map(({ id }) => id);
        expect(await listed(`${o}v${index}/commits/`, "id")).toEqual(index % 2 === 0 ? ids : ids.toReversed());
      }
      expect(await stored(on.store).repositories(on.organization.id)).toEqual(["owner/0", "owner/1", "owner/2", "owner/3"]);
    });

    it("in parallel with refs to the same commits keep their fields", async () => {
      await wire.post(o, { version: "0", projects: ["foo"], commits: [{ id: "z", repository: "owner/0" }] });
      const commits = times(40, (index) => ({
        id: `c${index}`,
        repository: "owner/0",
        message: `m${index}`,
        timestamp: "2025-01-01T00:00:00Z",
        author_email: "a@example.com",
      }));
      const refs = (version: number) => [{ repository: "owner/0", commit: `c${version}` }];
      const replies = await Promise.all(
        times(20, (index) =>
          wire.post(o, { version: `v${index}`, projects: ["foo"], ...(index % 4 === 0 ? { commits } : { refs: refs(index) }) }),
        ),
      );
      expect(countByStatus(replies)).toEqual({ 201: 20 });
      const { body } = await wire.get(`${o}v0/commits/`);
      expect(body).toMatchObject(
        commits.map(({ id, message }) => ({ id, message, dateCreated: "2025-01-01T00:00:00Z", author: { email: "a@example.com" } })),
      );
    });

    it("reported with new versions are stored with each", async () => {
      const replies = await Promise.all(lists.map((commits, index) => wire.post(o, { version: `v${index}`, projects: ["foo"], commits })));
      expect(countByStatus(replies)).toEqual({ 201: lists.length });
      expect(await listed(o, "commitCount")).toEqual(lists.map(() => 25));
    });
  });

  describe("deleting", () => {
    it("in parallel with changes: every response is one of the contract's, and nothing is left incomplete", async () => {
      for (const round of times(5, (index) => `r${index}`)) {
        await created(round, { commits: [{ id: "a" }] });
        const replies = await Promise.all([
          wire.post(`${o}${round}/deploys/`, { environment: "prod" }),
          wire.put(`${o}${round}/`, { commits: [{ id: "b" }, { id: "c" }] }),
          wire.delete(`${o}${round}/`),
          wire.put(`${o}${round}/`, { ref: "main", dateReleased: "2026-01-01" }),
          wire.put(`${o}${round}/`, { refs: [] }),
          wire.get(`${o}${round}/`),
          wire.delete(`${o}${round}/`),
          wire.post(`${o}${round}/deploys/`, { environment: "prod" }),
          wire.post(o, { version: round, projects: ["bar"] }),
        ]);
        expect(replies.map(({ status }) => status).filter((status) => ![200, 201, 204, 208, 404, 409].includes(status))).toEqual([]);
        // In any order: the fields of a release match its stored rows.
        const left = await wire.get(`${o}${round}/`);
        if (left.status === 404) continue;
        const { commitCount, deployCount } = shownIn(left.body);
        expect(await listed(`${o}${round}/commits/`, "id"), round).toHaveLength(commitCount);
        expect(await listed(`${o}${round}/deploys/?all=1`, "id"), round).toHaveLength(deployCount);
      }
    });
  });

  describe.runIf(isServer)("C11 while another connection has locked the release's commits", () => {
    /** Runs `work` while a transaction of its own holds the lock. */
    async function whileLocked(version: string, work: () => Promise<void>): Promise<void> {
      const release = await stored(on.store).release(on.organization.id, version);
      const { promise: done, resolve: finish } = Promise.withResolvers<void>();
      const { promise: locked, resolve: lock } = Promise.withResolvers<boolean>();
      const holder = on.store.transaction(async (tx) => {
        lock(await tx.tryLock(`release-commits:${release?.id}`));
        await done;
      });
      expect(await locked).toBe(true);
      await work().finally(finish);
      await holder;
    }

    it("every write of them is rejected with 409 at once, and changes nothing", async () => {
      await created("1", { commits: [{ id: "a", repository: "owner/one" }] });
      await whileLocked("1", async () => {
        const commits = [{ id: "b", repository: "owner/two" }];
        const replies = [
          await wire.post(o, { version: "1", projects: ["foo", "bar"], status: "archived", commits }),
          await wire.post(`${p}/foo/releases/`, { version: "1", commits }),
          await wire.put(`${o}1/`, { ref: "main", commits }),
          await wire.put(`${p}/foo/releases/1/`, { commits }),
          await wire.put(`${o}1/`, { refs: [] }),
        ];
        for (const { status, body } of replies) expect([status, body]).toEqual([409, CONFLICT]);
        expect((await wire.get(`${o}1/`)).body).toMatchObject({ ref: null, status: "open", commitCount: 1, projects: [{ slug: "foo" }] });
        expect(await stored(on.store).repositories(on.organization.id)).toEqual(["owner/one"]);
      });
      expect((await wire.put(`${o}1/`, { commits: [{ id: "b" }] })).status).toBe(200);
    });

    it("everything else works: other releases, other fields, reading", async () => {
      await created("1", { commits: [{ id: "a" }] });
      await created("2");
      await whileLocked("1", async () => {
        expect((await wire.put(`${o}2/`, { commits: [{ id: "a" }] })).status).toBe(200);
        expect((await wire.put(`${o}1/`, { ref: "main" })).status).toBe(200);
        expect((await wire.post(o, { version: "1", projects: ["foo"], commits: [] })).status).toBe(208);
        expect((await wire.post(`${o}1/deploys/`, { environment: "prod" })).status).toBe(201);
        expect(await listed(`${o}1/commits/`, "id")).toEqual(["a"]);
      });
    });
  });
});

/** The part of a release that these tests compare. */
const shownIn = (body: unknown): Shown => body as Shown;
