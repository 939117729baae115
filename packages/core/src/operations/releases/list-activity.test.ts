import type { AuditRow } from "@landfall/db/tables/schema";
import type { ActivityView } from "@landfall/schema/organizations/audit";
import { openTwoTeams } from "@landfall/testing/access/two-teams";
import type { TestApp } from "@landfall/testing/create-test-app";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import * as fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createDeploy } from "../deploys/create.ts";
import { createRelease } from "./create.ts";
import { deleteRelease } from "./delete.ts";
import { finalizedKey, idsBeyond, listActivity, listId, type Source, SOURCES, toActivityEvents } from "./list-activity.ts";
import { updateRelease } from "./update.ts";

const acme = { organization: "acme" };
const START = Date.UTC(2026, 0, 1);
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();

describe.each(["sqlite", "pglite"] as const)("listActivity in %s", (kind) => {
  let bench: TestApp;
  let ci: Context;
  let wim: Context;
  let releaseNumber = 0;
  let version: string;

  beforeAll(async () => {
    ({ bench, ci, wim } = await openTwoTeams(kind));
  });
  beforeEach(() => {
    releaseNumber += 1;
    version = `v${releaseNumber}`;
  });
  afterAll(() => bench.close());

  const create = (rest: object = {}, by = wim) => createRelease(by, { ...acme, version, projects: ["web"], ...rest });
  const update = (rest: object, by = wim) => updateRelease(by, { ...acme, version, ...rest });
  const deploy = (finished: number, rest: object = {}, by = wim) =>
    createDeploy(by, { ...acme, version, environment: "production", dateFinished: at(finished), ...rest });
  const activity = (rest: object = {}, by = wim) => listActivity(by, { ...acme, version, ...rest });
  const summary = ({ items }: { items: readonly ActivityView[] }) =>
    items.map(({ kind: what, date }) => `${what} ${(Date.parse(date) - START) / 1000}`);

  test("returns the events newest first, by kind", async () => {
    bench.clock.set(at(0));
    await create();
    bench.clock.set(at(10));
    await createRelease(ci, { ...acme, version, projects: ["api"] });
    bench.clock.set(at(20));
    await update({ ref: "main", url: "https://acme.test/1" }, ci);
    bench.clock.set(at(30));
    await update({ commits: [{ id: "a" }] }, ci);
    bench.clock.set(at(40));
    await update({ dateReleased: at(39) }, ci);
    await deploy(50, { projects: ["web"], name: "night" }, ci);
    bench.clock.set(at(60));
    await update({ status: "archived" }, ci);
    bench.clock.set(at(70));
    await update({ status: "open" }, ci);
    const page = await activity();
    expect(summary(page)).toEqual([
      "restored 70",
      "archived 60",
      "deployed 50",
      "finalized 40",
      "other 30",
      "changed 20",
      "linked 10",
      "created 0",
    ]);
    expect(page.items.map(({ action }) => action)).toEqual([
      "release.update",
      "release.update",
      null,
      "release.update",
      "release.set_commits",
      "release.update",
      "release.link",
      "release.create",
    ]);
    expect(page.items[3]?.changes).toEqual([{ field: "dateReleased", value: at(39) }]);
    expect(page.items[5]?.changes).toEqual([
      { field: "ref", value: "main" },
      { field: "url", value: "https://acme.test/1" },
    ]);
    expect(page.items[2]?.deploy).toMatchObject({ environment: "production", name: "night", deployer: null });
    expect(page.items[7]?.actor).toMatchObject({ kind: "user", name: "Wim", email: "wim@acme.test" });
    expect(page.items[6]?.actor).toMatchObject({ kind: "token" });
    expect(new Set(page.items.map(({ id }) => id)).size).toBe(8);
  });

  test("returns the deployer", async () => {
    await create();
    await deploy(5e8);
    const [deployed] = (await activity()).items;
    expect(deployed?.actor).toEqual({ label: expect.stringMatching(/^user:\d+$/), kind: "user", name: "Wim", email: "wim@acme.test" });
  });

  test("returns the finalization once: as the audit event on any page, else as an event of its own", async () => {
    bench.clock.set(at(100));
    await create({ dateReleased: at(50) });
    expect(summary(await activity())).toEqual(["created 100", "finalized 50"]);
    expect((await activity()).items[1]).toMatchObject({ actor: null, action: null, changes: [] });
    bench.clock.set(at(200));
    await update({ dateReleased: at(60) });
    expect(summary(await activity())).toEqual(["finalized 200", "created 100"]);
    const first = await activity({ per_page: 1 });
    const second = await activity({ per_page: 1, cursor: first.next?.cursor });
    const third = await activity({ per_page: 1, cursor: second.next?.cursor });
    expect([summary(first), summary(second), summary(third), second.next?.hasResults]).toEqual([
      ["finalized 200"],
      ["created 100"],
      [],
      false,
    ]);
  });

  test("leaves out events of a deleted release with the same version", async () => {
    bench.clock.set(at(0));
    await create();
    await update({ dateReleased: at(500) });
    await deleteRelease(wim, { ...acme, version });
    bench.clock.set(at(1));
    await create({ dateReleased: at(500) });
    expect(summary(await activity())).toEqual(["finalized 500", "created 1"]);
  });

  test("leaves out deploys to environments of projects out of reach", async () => {
    bench.clock.set(at(0));
    await create({ projects: ["web", "api"] }, ci);
    await deploy(10, { projects: ["web"], environment: "staging" }, ci);
    await deploy(20, { projects: ["api"], environment: "vault" }, ci);
    expect(summary(await activity({}, ci))).toEqual(["deployed 20", "deployed 10", "created 0"]);
    expect(summary(await activity())).toEqual(["deployed 10", "created 0"]);
    expect(JSON.stringify(await activity())).not.toMatch(/vault|api/);
  });

  test("throws 404 if the release is not found", async () => {
    await create({ projects: ["api"] }, ci);
    await expect(activity()).rejects.toThrow(expect.objectContaining({ code: "not_found" }));
    await expect(activity({ version: "unknown" })).rejects.toThrow(expect.objectContaining({ code: "not_found" }));
  });

  test.each([{ cursor: "x" }, { per_page: 0 }, { per_page: 101 }, { per_page: "many" }])("rejects %j", async (odd) => {
    await create();
    await expect(activity(odd)).rejects.toThrow(expect.objectContaining({ code: "invalid" }));
  });

  test("returns events of notes, and none of other targets with the same name", async () => {
    bench.clock.set(at(0));
    await create();
    const [organization] = await bench.app.store.read.select().from(bench.app.store.read.tables.organizations);
    const row = { organizationId: organization?.id ?? 0, actor: "system", target: version, dateCreated: new Date(START + 5000) };
    const actions = ["notes.publish", "project.update", "deploy.create", "releases.odd", "team.create"];
    await bench.app.store.transaction(async (tx) => {
      await tx.insert(tx.tables.auditLog).values(actions.map((action) => ({ ...row, action })));
    });
    expect(summary(await activity())).toEqual(["notes 5", "created 0"]);
  });

  type Step = { readonly what: "deploy" | "ref" | "date" | "archive"; readonly wait: number; readonly date: number };
  const step: fc.Arbitrary<Step> = fc.record({
    what: fc.constantFrom("deploy", "ref", "date", "archive"),
    wait: fc.integer({ min: 0, max: 2 }),
    date: fc.integer({ min: 0, max: 8 }),
  });

  /** Runs the steps in order, and returns the expected list. */
  async function perform(steps: readonly Step[], released: number | null): Promise<string[]> {
    let now = 0;
    let [isArchived, date, byRecord] = [false, released, false];
    bench.clock.set(at(now));
    await create(released === null ? {} : { dateReleased: at(released) });
    const expected = ["created 0"];
    for (const [index, one] of steps.entries()) {
      now += one.wait;
      bench.clock.set(at(now));
      if (one.what === "deploy") {
        await deploy(one.date);
        expected.push(`deployed ${one.date}`);
      } else if (one.what === "ref") {
        await update({ ref: `r${index}` });
        expected.push(`changed ${now}`);
      } else if (one.what === "date") {
        await update({ dateReleased: at(one.date) });
        [date, byRecord] = [one.date, true];
        expected.push(`finalized ${now}`);
      } else {
        isArchived = !isArchived;
        await update({ status: isArchived ? "archived" : "open" });
        expected.push(`${isArchived ? "archived" : "restored"} ${now}`);
      }
    }
    return date === null || byRecord ? expected : [...expected, `finalized ${date}`];
  }

  async function pages(size: number): Promise<ActivityView[][]> {
    const found: ActivityView[][] = [];
    for (let cursor = ""; ;) {
      const page = await activity({ per_page: size, cursor });
      found.push(page.items);
      if (!page.next?.hasResults) return found;
      cursor = page.next.cursor;
    }
  }

  async function pagesBack(size: number, from: ActivityView): Promise<ActivityView[]> {
    let found: ActivityView[] = [];
    for (let cursor = `${from.id}:1`; ;) {
      const page = await activity({ per_page: size, cursor });
      found = [...page.items, ...found];
      if (!page.previous?.hasResults) return found;
      cursor = page.previous.cursor;
    }
  }

  test("returns all events in order on pages of any length, forward and backward", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 9 }),
        fc.option(fc.integer({ min: 0, max: 8 })),
        fc.integer({ min: 1, max: 4 }),
        async (steps, released, size) => {
          releaseNumber += 1;
          version = `v${releaseNumber}`;
          const expected = await perform(steps, released);
          const { items } = await activity();
          const byDate = (one: string, other: string) => Number(other.split(" ")[1]) - Number(one.split(" ")[1]);
          expect(summary({ items }).map((one) => one.split(" ")[1])).toEqual(expected.toSorted(byDate).map((one) => one.split(" ")[1]));
          expect(Map.groupBy(summary({ items }), String)).toEqual(Map.groupBy(expected, String));
          const all = await pages(size);
          expect(all.flat()).toEqual(items);
          expect(all.slice(0, -1).every((page) => page.length === size)).toBe(true);
          const last = items.at(-1);
          if (last) expect(await pagesBack(size, last)).toEqual(items.slice(0, -1));
        },
      ),
      { numRuns: kind === "sqlite" ? 60 : 15 },
    );
  });

  test("runs as many statements for a long history as for a short one", async () => {
    bench.clock.set(at(0));
    await create();
    await deploy(1);
    await update({ dateReleased: at(2) });
    const counted = countedStore(bench.app.store);
    const firstPage = () => activity({}, { ...wim, store: counted.store });
    await firstPage();
    const few = counted.taken();
    for (let n = 0; n < 130; n += 1) await deploy(n);
    bench.clock.set(at(200));
    for (let n = 0; n < 30; n += 1) await update({ ref: `r${n}` });
    counted.taken();
    expect((await firstPage()).items).toHaveLength(100);
    expect([counted.taken(), few <= 12]).toEqual([few, true]);
  });
});

const DATE = new Date("2026-01-01T00:00:00Z");

const record = (action: string, details: AuditRow["details"] = null): AuditRow => ({
  id: 1,
  organizationId: 1,
  actor: "user:1",
  action,
  target: "1.0",
  details,
  requestId: null,
  dateCreated: DATE,
});

describe("an audit event becomes", () => {
  test.each([
    ["created", "release.create", { projects: ["web"] }],
    ["linked", "release.link", { projects: ["web"] }],
    ["finalized", "release.update", { dateReleased: "2026-01-01T00:00:00.000Z", ref: "main" }],
    ["archived", "release.update", { isArchived: true }],
    ["archived", "release.update", { isArchived: true, ref: "main" }],
    ["restored", "release.update", { isArchived: false }],
    ["changed", "release.update", { isArchived: false, ref: "main" }],
    ["changed", "release.update", { url: "https://acme.test" }],
    ["changed", "release.update", null],
    ["notes", "notes.update", { length: 3 }],
    ["other", "release.set_commits", { commitCount: 3 }],
    ["other", "release.anything", null],
  ])("%s: %s %j", (kind, action, details) => {
    const [event] = toActivityEvents({ deploys: [], records: [record(action, details)], finalized: null });
    expect(event).toMatchObject({ kind, action, actor: "user:1", deployId: null });
  });

  test("has changed fields with new values for updates only", () => {
    const changesOf = (action: string) =>
      toActivityEvents({ deploys: [], records: [record(action, { ref: "main", url: "u" })], finalized: null })[0]?.changes;
    expect(changesOf("release.update")).toEqual([
      { field: "ref", value: "main" },
      { field: "url", value: "u" },
    ]);
    expect(changesOf("release.create")).toEqual([]);
  });
});

test("deploys, the finalization, and audit events have distinct ids", () => {
  const finalized = { id: 1, dateReleased: DATE };
  const events = toActivityEvents({ deploys: [{ id: 1, dateFinished: DATE }], records: [record("release.create")], finalized });
  expect(events.map(({ kind }) => kind)).toEqual(["created", "deployed", "finalized"]);
  expect(new Set(events.map(({ key }) => key.id)).size).toBe(3);
  expect(events[1]).toMatchObject({ deployId: 1, actor: null, action: null });
  expect(events[2]?.key).toEqual(finalizedKey(finalized));
});

const source = fc.constantFrom<Source>(...Object.values(SOURCES));
const id = fc.nat({ max: 1000 });

test("rows of different sources have distinct ids", () => {
  const ids = Object.values(SOURCES).flatMap((one) => Array.from({ length: 50 }, (_, n) => listId(one, n)));
  expect(new Set(ids).size).toBe(150);
});

test("a source's rows beyond its converted key are those beyond the list's key, for any key", () => {
  fc.assert(
    fc.property(source, id, source, id, fc.boolean(), (keySource, keyId, ownSource, row, backwards) => {
      const key = { value: 7, id: listId(keySource, keyId) };
      const own = idsBeyond({ key, backwards }, ownSource);
      expect(own.value).toBe(7);
      expect(Number.isInteger(own.id)).toBe(true);
      expect(backwards ? row > own.id : row < own.id).toBe(backwards ? listId(ownSource, row) > key.id : listId(ownSource, row) < key.id);
    }),
  );
});
