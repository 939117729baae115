import type { AuditRow } from "@landfall/db/rows";
import type { Page } from "@landfall/schema/views/page";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keysetWindow } from "../pagination/keyset-page.ts";
import { type AuditFilter, readAuditPage } from "./read-audit-page.ts";

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

/** The same pseudo-random rows at every run: many of one moment, some from before anybody joined. */
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
  // A label the server never wrote: PostgreSQL must not stumble over it where it belongs to an organization.
  const drafts = fc
    .sample(draft, { numRuns: 300, seed: 7 })
    .filter(({ organizationId, actor }) => organizationId !== null || actor !== "user:x");
  const rows = await store.transaction((tx) => tx.insert(tx.tables.auditLog).values(drafts).returning());
  return { acme, ada, rows };
}

/** What is to be seen, said the plain way. */
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

  async function walk(first: Page<AuditRow>, way: "previous" | "next", turn: (cursor: string) => Promise<Page<AuditRow>>) {
    const pages = [first];
    for (let link = first[way]; link?.hasResults; link = pages.at(-1)?.[way] ?? null) {
      if (pages.length > ENDLESS) throw new Error("the pages do not end");
      pages.push(await turn(link.cursor));
    }
    return pages;
  }

  it("hold every row that passes the filter once and in order, forwards and back", async () => {
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

  it("is tried on rows of every kind", () => {
    const all = { actor: undefined, action: undefined, target: undefined, from: undefined, to: undefined };
    const seen = new Set(model(population, all));
    const shown = population.rows.filter(({ id }) => seen.has(id));
    expect(new Set(shown.map(({ organizationId }) => organizationId))).toEqual(new Set([population.acme, null]));
    expect(shown.length).toBeGreaterThan(60);
    expect(population.rows.length - shown.length).toBeGreaterThan(60);
  });
});
