import type { Store } from "@landfall/db/store";
import type { AuthorView } from "@landfall/schema/organizations/accounts";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { directRows } from "@landfall/testing/rows/direct-rows";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { asc } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { distinctAuthors, ensureAuthors, findAuthors } from "./authors.ts";

describe("findAuthors and distinctAuthors (contract 12.1)", () => {
  let bench: TestApp;
  let acme: number;
  let globex: number;
  let ids: ReadonlyMap<string, number>;
  const emails = ["ada@example.com", "ada@home.test", "gone@example.com", "eve@globex.test", "bob@example.com", "nameless@example.com"];

  beforeAll(async () => {
    bench = await createTestApp();
    const { given, app } = bench;
    ({ id: acme } = await given.organization("acme"));
    ({ id: globex } = await given.organization("globex"));
    await given.user("ada@example.com", { organization: "acme", name: "Ada Lovelace" });
    await given.user("gone@example.com", { organization: "acme" });
    await given.user("eve@globex.test", { organization: "globex" });
    await directRows(app.store).secondEmail("ada@example.com", "ada@home.test");
    await directRows(app.store).deactivate("gone@example.com");
    const names = new Map(emails.map((email) => [email, email.startsWith("nameless") ? null : `sent for ${email}`]));
    ids = await app.store.transaction((tx) => ensureAuthors(tx, { organizationId: acme, reach: { all: true } }, names));
  });
  afterAll(() => bench.close());

  const find = async (...wanted: string[]) => {
    const found = await findAuthors(
      bench.app.store.read,
      acme,
      wanted.map((email) => ids.get(email) ?? 0),
    );
    return wanted.map((email) => found.get(ids.get(email) ?? 0));
  };

  test("returns the member for each of their emails", async () => {
    const [first, second] = await find("ada@example.com", "ada@home.test");
    expect(first).toMatchObject({
      name: "Ada Lovelace",
      email: "ada@example.com",
      username: "ada@example.com",
      id: expect.stringMatching(/^\d+$/),
    });
    expect(second).toEqual(first);
  });

  test.each(["bob@example.com", "eve@globex.test", "gone@example.com"])(
    "returns the name and email in the commits for %s, which no active member has",
    async (email) => {
      expect(await find(email)).toEqual([{ name: `sent for ${email}`, email }]);
    },
  );

  test("returns an author without a name", async () => {
    expect(await find("nameless@example.com")).toEqual([{ name: null, email: "nameless@example.com" }]);
  });

  test("returns nothing for ids that do not exist", async () => {
    expect(await findAuthors(bench.app.store.read, acme, [])).toEqual(new Map());
    expect(await findAuthors(bench.app.store.read, acme, [999])).toEqual(new Map());
  });

  test("returns members of the given organization only", async () => {
    const eve = ids.get("eve@globex.test") ?? 0;
    expect((await findAuthors(bench.app.store.read, globex, [eve])).get(eve)).toMatchObject({ username: "eve@globex.test" });
  });

  test("returns the authors of a release in order of appearance, each once", async () => {
    const order = ["bob@example.com", "ada@home.test", "gone@example.com", "ada@example.com", "bob@example.com"].map(
      (email) => ids.get(email) ?? 0,
    );
    const authors = distinctAuthors([...order, 999], await findAuthors(bench.app.store.read, acme, order));
    expect(authors.map(({ email }) => email)).toEqual(["bob@example.com", "ada@example.com", "gone@example.com"]);
  });

  test("returns no authors for unknown ids", () => {
    expect(distinctAuthors([1, 2], new Map<number, AuthorView>())).toEqual([]);
  });
});

describe.each(["sqlite", "pglite"] as const)("ensureAuthors in %s", (kind) => {
  let store: Store;
  let close: () => Promise<void>;
  let acme: number;
  let globex: number;

  beforeEach(async () => {
    ({ store, close } = await openTestStore(kind));
    const given = fixtures(store);
    acme = (await given.organization("acme")).id;
    globex = (await given.organization("globex")).id;
  });
  afterEach(() => close());

  const ensure = (organizationId: number, names: Record<string, string | null>) =>
    store.transaction((tx) => ensureAuthors(tx, { organizationId, reach: { all: true } }, new Map(Object.entries(names))));
  const names = async (): Promise<Record<string, string | null>> => {
    const { commitAuthors } = store.read.tables;
    const rows = await store.read.select().from(commitAuthors).orderBy(asc(commitAuthors.id));
    return Object.fromEntries(rows.map(({ organizationId, email, name }) => [organizationId === acme ? email : `globex ${email}`, name]));
  };

  test("creates authors once and keeps their ids", async () => {
    const first = await ensure(acme, { "ada@x.y": "Ada", "bob@x.y": null });
    expect([...first.keys()].toSorted()).toEqual(["ada@x.y", "bob@x.y"]);
    expect(await ensure(acme, { "bob@x.y": null, "ada@x.y": "Ada" })).toEqual(first);
    expect(await names()).toEqual({ "ada@x.y": "Ada", "bob@x.y": null });
  });

  test("replaces a name by a new one and never by null (contract 14.4, 19)", async () => {
    await ensure(acme, { "ada@x.y": "Ada", "bob@x.y": null });
    await ensure(acme, { "ada@x.y": null, "bob@x.y": "Bob" });
    expect(await names()).toEqual({ "ada@x.y": "Ada", "bob@x.y": "Bob" });
    await ensure(acme, { "ada@x.y": "Ada L." });
    expect(await names()).toEqual({ "ada@x.y": "Ada L.", "bob@x.y": "Bob" });
  });

  test("creates separate authors in each organization", async () => {
    const [ofAcme, ofGlobex] = [await ensure(acme, { "ada@x.y": "Ada" }), await ensure(globex, { "ada@x.y": "Adam" })];
    expect(ofAcme.get("ada@x.y")).not.toBe(ofGlobex.get("ada@x.y"));
    expect(await names()).toEqual({ "ada@x.y": "Ada", "globex ada@x.y": "Adam" });
  });

  test("creates any number of authors", async () => {
    const many = Object.fromEntries(Array.from({ length: 1201 }, (_, index) => [`a${index}@x.y`, null]));
    expect((await ensure(acme, many)).size).toBe(1201);
    expect(await ensure(acme, {})).toEqual(new Map());
  });
});
