import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beforeAndAfter, changedFields, describeActors } from "./audit.ts";

describe.each(["sqlite", "pglite"] as const)("describeActors over %s", (kind) => {
  let bench: TestApp;
  let acme: number;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    acme = (await bench.given.organization("acme")).id;
    await bench.given.organization("globex");
  });
  afterEach(() => bench.close());

  const describeAll = async (...labels: string[]) => [...(await describeActors(bench.app.store.read, acme, labels)).values()];
  const tokenId = async (organization: string) => {
    await bench.given.orgToken(organization);
    const { read } = bench.app.store;
    const [row] = (await read.select({ id: read.tables.tokens.id }).from(read.tables.tokens)).toReversed();
    return row?.id;
  };

  it("describes users, tokens, webhooks and the system", async () => {
    const ada = await bench.given.user("ada@acme.test", { name: "Ada", organization: "acme" });
    const pump = await bench.given.project("acme", "pump", { name: "Pump" });
    const token = await tokenId("acme");
    expect(await describeAll(`user:${ada.id}`, `token:${token}`, `hook:${pump.id}`, "system", `user:${ada.id}`)).toEqual([
      { label: `user:${ada.id}`, kind: "user", name: "Ada", email: "ada@acme.test" },
      { label: `token:${token}`, kind: "token", name: "token 1", email: null },
      { label: `hook:${pump.id}`, kind: "hook", name: "Pump", email: null },
      { label: "system", kind: "system", name: "system", email: null },
    ]);
  });

  it("uses the label for deleted actors and those of another organization", async () => {
    const eve = await bench.given.user("eve@globex.test", { name: "Eve", organization: "globex" });
    const left = await bench.given.user("left@acme.test", { name: "Left", organization: "acme" });
    const pump = await bench.given.project("globex", "pump");
    const token = await tokenId("globex");
    const { tables } = bench.app.store.read;
    await bench.app.store.transaction((tx) => tx.delete(tables.members).where(eq(tables.members.userId, left.id)));
    const labels = [`user:${eve.id}`, `user:${left.id}`, "user:999999", `token:${token}`, `hook:${pump.id}`];
    expect((await describeAll(...labels)).map(({ name, email }) => [name, email])).toEqual(labels.map((label) => [label, null]));
  });

  it("describes deactivated users", async () => {
    const ada = await bench.given.user("ada@acme.test", { name: "Ada", organization: "acme" });
    const { tables } = bench.app.store.read;
    await bench.app.store.transaction((tx) => tx.update(tables.users).set({ isActive: false }).where(eq(tables.users.id, ada.id)));
    expect(await describeAll(`user:${ada.id}`)).toMatchObject([{ name: "Ada" }]);
  });

  it.each(["user:", "user:1x", "user:-1", `user:${"9".repeat(40)}`, "robot:3", "", "constructor"])(
    "accepts the label %j",
    async (label) => {
      expect(await describeAll(label)).toEqual([{ label, kind: "system", name: label, email: null }]);
    },
  );

  it("runs at most three queries, and none for kinds that do not occur", async () => {
    const { store, taken } = countedStore(bench.app.store);
    const many = Array.from({ length: 500 }, (_, index) => `${["user", "token", "hook", "system"][index % 4]}:${index}`);
    expect((await describeActors(store.read, acme, many)).size).toBe(500);
    expect(taken()).toBe(3);
    await describeActors(store.read, acme, ["system"]);
    expect(taken()).toBe(0);
  });
});

const row = { id: 1, name: "web", platform: "node" as string | null };

describe("changesOf", () => {
  it.each([
    [{}, {}],
    [{ name: undefined, platform: undefined }, {}],
    [{ name: "web", platform: "node" }, {}],
    [{ name: "api", platform: "node" }, { name: "api" }],
    [{ platform: null }, { platform: null }],
  ])("of %j are %j", (wanted, changes) => {
    expect(changedFields(row, { name: undefined, platform: undefined, ...wanted })).toEqual(changes);
  });
});

describe("beforeAndAfter", () => {
  it("has the old and new value of changed fields only", () => {
    expect(beforeAndAfter(row, { platform: null })).toEqual({ before: { platform: "node" }, after: { platform: null } });
    expect(beforeAndAfter(row, {})).toEqual({ before: {}, after: {} });
  });
});
