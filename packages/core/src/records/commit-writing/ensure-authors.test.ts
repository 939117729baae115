import type { Store } from "@landfall/db/store";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ensureAuthors } from "./ensure-authors.ts";

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
