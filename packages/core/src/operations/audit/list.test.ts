import type { AuditRow } from "@landfall/db/tables/schema";
import type { ListAuditInput } from "@landfall/schema/organizations/audit";
import type { Page } from "@landfall/schema/page";
import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { signIn } from "@landfall/testing/network/sign-in";
import { directRows } from "@landfall/testing/rows/direct-rows";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import * as fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type * as z from "zod";
import type { Context } from "../../kernel/context.ts";
import { keysetWindow, SCAN_LIMIT } from "../../kernel/keyset-page.ts";
import { resetPassword } from "../accounts/passwords.ts";
import { updateOrganization } from "../organizations/update.ts";
import { createRelease } from "../releases/create.ts";
import { createUserToken } from "../tokens/user-tokens.ts";
import { type AuditFilter, listAudit, readAuditPage } from "./list.ts";

describe.each(["sqlite", "pglite"] as const)("listAudit over %s", (kind) => {
  let bench: TestApp;
  let owner: Context;
  let ids: { acme: number; globex: number; ada: number; eve: number };
  beforeEach(async () => {
    bench = await createTestApp(kind);
    const acme = (await bench.given.organization("acme")).id;
    const globex = (await bench.given.organization("globex")).id;
    await bench.given.project("acme", "pump");
    const ada = (await bench.given.user("ada@acme.test", { name: "Ada", organization: "acme", role: "owner" })).id;
    const eve = (await bench.given.user("eve@globex.test", { name: "Eve", organization: "globex", role: "owner" })).id;
    ids = { acme, globex, ada, eve };
    owner = await callers(bench.app, bench.given).person("ada@acme.test");
  });
  afterEach(() => bench.close());

  const list = (input: z.input<typeof ListAuditInput> = {}, context = owner) => listAudit(context, { organization: "acme", ...input });
  const targets = async (input?: z.input<typeof ListAuditInput>) => (await list(input)).items.map(({ target }) => target);
  /** Inserts a row of the log, whose action may be one that this version does not record. */
  const record = (entry: { action?: string; target: string; organizationId?: number | null; details?: Record<string, unknown> }) =>
    bench.app.store.transaction(async (tx) => {
      const row = { actor: "system", requestId: "r-1", dateCreated: bench.clock.now() };
      await tx.insert(tx.tables.auditLog).values({ organizationId: ids.acme, action: "release.create", ...row, ...entry });
    });

  it("returns what was done, by whom, when and in which request", async () => {
    await updateOrganization(owner, { organization: "acme", name: "Acme Inc." });
    bench.clock.advance(1000);
    await record({ target: "1.0", details: { before: { ref: null }, after: { ref: "main" } } });
    await record({ target: "2.0" });
    const { items, next } = await list();
    expect(next).toMatchObject({ hasResults: false });
    expect(items).toMatchObject([
      { target: "2.0", before: null, after: null, actor: { kind: "system" } },
      { target: "1.0", before: { ref: null }, after: { ref: "main" }, requestId: "r-1", date: "2026-01-02T03:04:06.678Z" },
      {
        id: expect.stringMatching(/^\d+$/),
        date: "2026-01-02T03:04:05.678Z",
        actor: { label: `user:${ids.ada}`, kind: "user", name: "Ada", email: "ada@acme.test" },
        action: "organization.update",
        target: "acme",
        before: { name: "acme" },
        after: { name: "Acme Inc." },
        requestId: null,
      },
    ]);
  });

  it("filters by actor: a label, the email of a member, and an unknown email", async () => {
    await directRows(bench.app.store).secondEmail("ada@acme.test", "ada@home.test");
    await createRelease(await callers(bench.app, bench.given).ci("acme"), { organization: "acme", version: "1.0", projects: ["pump"] });
    await updateOrganization(owner, { organization: "acme", name: "Acme Inc." });
    await record({ target: "2.0" });
    expect(await targets({ actor: "system" })).toEqual(["2.0"]);
    expect(await targets({ actor: `user:${ids.ada}` })).toEqual(["acme"]);
    expect(await targets({ actor: " Ada@HOME.test" })).toEqual(["acme"]);
    expect(await targets({ actor: "eve@globex.test" })).toEqual([]);
    expect(await targets({ actor: "token:999" })).toEqual([]);
    expect(await targets({ actor: "" })).toEqual(["2.0", "acme", "1.0"]);
  });

  it("finds events of a user who was deactivated since", async () => {
    await updateOrganization(owner, { organization: "acme", name: "Acme Inc." });
    const after = callers(bench.app, bench.given);
    await bench.given.user("boss@acme.test", { organization: "acme", role: "owner" });
    await directRows(bench.app.store).deactivate("ada@acme.test");
    const { items } = await list({ actor: "ada@acme.test" }, await after.person("boss@acme.test"));
    expect(items).toMatchObject([{ action: "organization.update", actor: { name: "Ada" } }]);
  });

  it("filters by action, or by all actions on a kind of thing", async () => {
    for (const action of ["release.create", "release.update", "releases.odd", "release", "deploy.create"])
      await record({ action, target: action });
    expect(await targets({ action: "release.update" })).toEqual(["release.update"]);
    expect(await targets({ action: "release" })).toEqual(["release", "release.update", "release.create"]);
    expect(await targets({ action: "%" })).toEqual([]);
  });

  it("filters by target and by time, with the beginning and without the end", async () => {
    for (const [target, time] of [
      ["a", "10:00"],
      ["b", "11:00"],
      ["a", "12:00"],
    ] as const) {
      bench.clock.set(`2026-03-01T${time}:00Z`);
      await record({ target });
    }
    const [from, to] = ["2026-03-01T11:00:00Z", "2026-03-01T12:00:00Z"];
    expect(await targets({ target: "a" })).toEqual(["a", "a"]);
    expect(await targets({ target: "A" })).toEqual([]);
    expect(await targets({ from, to })).toEqual(["b"]);
    expect((await list({ target: "a", from })).items.map(({ date }) => date)).toEqual(["2026-03-01T12:00:00Z"]);
    expect(await targets({ target: "a", from: to, to: from })).toEqual([]);
  });

  it("shows account events of members, such as sign-ins, and of nobody else", async () => {
    await signIn(bench.app, ids.ada, { ipAddress: "192.0.2.7" });
    await signIn(bench.app, ids.eve);
    await createUserToken(owner, { name: "laptop", scopes: ["org:read"] });
    await resetPassword(owner, { email: "ada@acme.test", password: "correct horse battery" });
    await resetPassword(owner, { email: "eve@globex.test", password: "correct horse battery" });
    const { items } = await list();
    expect(items.map(({ action, target, actor }) => [action, target, actor.name])).toEqual([
      ["user.reset_password", "ada@acme.test", "system"],
      ["token.create", "laptop", "Ada"],
      ["session.create", "ada@acme.test", "Ada"],
    ]);
    expect(items[2]).toMatchObject({ after: { ipAddress: "192.0.2.7" } });
    expect(await targets({ action: "session", actor: "ada@acme.test" })).toEqual(["ada@acme.test"]);
    expect((await list({ target: "eve@globex.test" })).items).toEqual([]);
  });

  it("hides account events of members from before they joined", async () => {
    const { store } = bench.app;
    await signIn(bench.app, ids.eve);
    bench.clock.advance(1000);
    const dateCreated = bench.clock.now();
    await store.transaction((tx) =>
      tx.insert(tx.tables.members).values({ organizationId: ids.acme, userId: ids.eve, role: "member", dateCreated }),
    );
    expect((await list()).items).toEqual([]);
    await signIn(bench.app, ids.eve);
    expect((await list()).items).toMatchObject([{ action: "session.create", actor: { name: "Eve" } }]);
  });

  it("shows no events of another organization or of the server", async () => {
    await record({ target: "globex", organizationId: ids.globex });
    await record({ target: "ada@acme.test", organizationId: ids.globex, action: "user.set_password" });
    await record({ target: "server", organizationId: null, action: "server.start" });
    await record({ target: "eve@globex.test", organizationId: null, action: "user.create" });
    expect((await list()).items).toEqual([]);
    await expect(list({}, await callers(bench.app, bench.given).person("eve@globex.test"))).rejects.toMatchObject({ code: "not_found" });
  });

  it.each([
    [{ from: "yesterday" }, "invalid"],
    [{ per_page: 101 }, "invalid"],
    [{ cursor: "x" }, "invalid"],
  ])("refuses %j", async (input, code) => {
    await expect(list(input)).rejects.toMatchObject({ code });
  });

  it.each(["\0", "\uD800", "'; drop", "%", "user:999999999999999999999999", "@", "🚀"])("returns an empty list for %j", async (odd) => {
    await record({ target: "1.0" });
    for (const input of [{ action: odd === "\0" ? "x" : odd }, { target: `x${odd}` }, { actor: `x${odd}` }])
      expect((await list(input)).items).toEqual([]);
  });

  it("continues after 20,000 rows that do not match, with few statements per page", async () => {
    const { store } = bench.app;
    await record({ target: "first", action: "deploy.create" });
    const row = { organizationId: ids.acme, actor: "system", action: "release.create", target: "1.0", dateCreated: bench.clock.now() };
    await store.transaction(async (tx) => {
      for (let made = 0; made < SCAN_LIMIT; made += 1000)
        await tx.insert(tx.tables.auditLog).values(Array.from({ length: 1000 }, () => row));
    });
    const counted = countedStore(store);
    const context = { ...owner, store: counted.store };
    const first = await list({ action: "deploy" }, context);
    expect(first).toMatchObject({ items: [], next: { hasResults: true } });
    expect(counted.taken()).toBe(3);
    const second = await list({ action: "deploy", cursor: first.next?.cursor }, context);
    expect(second).toMatchObject({ items: [{ target: "first" }], next: { hasResults: false } });
    expect(counted.taken()).toBe(3);
    await list({ actor: "ada@acme.test" }, context);
    expect(counted.taken()).toBe(4);
  });
});

const JOINED = Date.parse("2020-01-01T00:00:00Z");

const ACTIONS = [
  "release.create",
  "release.update",
  "releases.create",
  "session.create",
  "token.create",
  "user.set_password",
  "user.create",
  "server.start",
];

const TARGETS = ["1.0", "ada@acme.test", "eve@globex.test", "nobody@acme.test"];

/** More pages than there can be. */
const ENDLESS = 500;

type Population = { readonly acme: number; readonly ada: number; readonly rows: readonly AuditRow[] };

/** Inserts the same pseudo-random rows in every run: many of one moment, some from before any member joined. */
async function populate({ app: { store }, given }: TestApp): Promise<Population> {
  const acme = (await given.organization("acme")).id;
  const globex = (await given.organization("globex")).id;
  const ada = (await given.user("ada@acme.test", { organization: "acme" })).id;
  const eve = (await given.user("eve@globex.test", { organization: "globex" })).id;
  const draft = fc.record({
    organizationId: fc.constantFrom(acme, globex, null),
    actor: fc.constantFrom(`user:${ada}`, `user:${eve}`, "system", "token:1", "user:x"),
    action: fc.constantFrom(...ACTIONS),
    target: fc.constantFrom(...TARGETS),
    dateCreated: fc.integer({ min: -1, max: 5 }).map((seconds) => new Date(JOINED + seconds * 1000)),
  });
  // A label that the server never writes, which must not fail in PostgreSQL.
  const drafts = fc
    .sample(draft, { numRuns: 300, seed: 7 })
    .filter(({ organizationId, actor }) => organizationId !== null || actor !== "user:x");
  const rows = await store.transaction((tx) => tx.insert(tx.tables.auditLog).values(drafts).returning());
  return { acme, ada, rows };
}

/** Returns the ids that a simple model shows. */
function model({ acme, ada, rows }: Population, { actor, action, target, from, to }: AuditFilter): number[] {
  const isOwn = (row: AuditRow) => /^(session|identity|token)\./.test(row.action) && row.actor === `user:${ada}`;
  const isAccount = (row: AuditRow) => row.action.startsWith("user.") && row.target === "ada@acme.test";
  return rows
    .filter(
      (row) => row.organizationId === acme || (row.organizationId === null && +row.dateCreated >= JOINED && (isOwn(row) || isAccount(row))),
    )
    .filter((row) => actor === undefined || row.actor === actor)
    .filter((row) => action === undefined || row.action === action || row.action.startsWith(`${action}.`))
    .filter((row) => target === undefined || row.target === target)
    .filter((row) => (from === undefined || row.dateCreated >= from) && (to === undefined || row.dateCreated < to))
    .toSorted((a, b) => +b.dateCreated - +a.dateCreated || b.id - a.id)
    .map(({ id }) => id);
}

const moment = fc.option(
  fc.integer({ min: -2, max: 6 }).map((seconds) => new Date(JOINED + seconds * 1000)),
  { nil: undefined },
);

const chosen = (...list: readonly string[]) => fc.option(fc.constantFrom(...list), { nil: undefined, freq: 1 });

describe.each([
  ["sqlite", 60],
  ["pglite", 15],
] as const)("pages of the audit log over %s", (kind, numRuns) => {
  let bench: TestApp;
  let population: Population;
  beforeAll(async () => {
    bench = await createTestApp(kind);
    population = await populate(bench);
  });
  afterAll(() => bench.close());

  const read = (filter: AuditFilter, scanned: number, per_page: number, cursor?: string) =>
    readAuditPage(bench.app.store.read, population.acme, keysetWindow({ per_page, cursor }, "descending"), filter, scanned);

  async function walk(first: Page<AuditRow>, direction: "previous" | "next", turn: (cursor: string) => Promise<Page<AuditRow>>) {
    const pages = [first];
    for (let link = first[direction]; link?.hasResults; link = pages.at(-1)?.[direction] ?? null) {
      if (pages.length > ENDLESS) throw new Error("the pages do not end");
      pages.push(await turn(link.cursor));
    }
    return pages;
  }

  it("have every matching row once and in order, forward and backward", async () => {
    const filters = fc.record<AuditFilter>({
      actor: chosen(`user:${population.ada}`, "system", "user:x", "none"),
      action: chosen("release", "session", "user", ...ACTIONS),
      target: chosen(...TARGETS),
      from: moment,
      to: moment,
    });
    const run = async (filter: AuditFilter, scanned: number, size: number) => {
      const turn = (cursor: string) => read(filter, scanned, size, cursor);
      const idsOf = (pages: readonly Page<AuditRow>[]) => pages.flatMap(({ items }) => items.map(({ id }) => id));
      const there = await walk(await read(filter, scanned, size), "next", turn);
      expect(idsOf(there)).toEqual(model(population, filter));
      const back = await walk(there.at(-1) ?? (await read(filter, scanned, size)), "previous", turn);
      expect(idsOf(back.toReversed())).toEqual(model(population, filter));
    };
    await fc.assert(fc.asyncProperty(filters, fc.integer({ min: 10, max: 300 }), fc.integer({ min: 3, max: 60 }), run), {
      numRuns,
      seed: 1,
    });
  });

  it("is tested on rows of every kind", () => {
    const all = { actor: undefined, action: undefined, target: undefined, from: undefined, to: undefined };
    const seen = new Set(model(population, all));
    const shown = population.rows.filter(({ id }) => seen.has(id));
    expect(new Set(shown.map(({ organizationId }) => organizationId))).toEqual(new Set([population.acme, null]));
    expect(shown.length).toBeGreaterThan(60);
    expect(population.rows.length - shown.length).toBeGreaterThan(60);
  });
});
