import type { Context } from "@landfall/core/kernel/context";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { rowCounts } from "@landfall/testing/stores/wrapped-stores";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { storeAdapter } from "./store-adapter.ts";

let bench: TestApp;
let adapter: ReturnType<ReturnType<typeof storeAdapter>>;
let ada: string;

beforeEach(async () => {
  bench = await createTestApp();
  await bench.given.organization("acme");
  ada = String((await bench.given.user("ada@acme.test", { name: "Ada", organization: "acme" })).id);
  const context: Context = await bench.app.contextOf({ authorization: null, userAgent: null, requestId: null });
  adapter = storeAdapter(() => context)({ advanced: { database: { generateId: "serial" } } });
});

afterEach(() => bench.close());

const token = "abcdefghijklmnopqrstuvwxyz012345";
const by = (field: string, value: string) => [{ field, value }];
const times = { createdAt: new Date(0), updatedAt: new Date(0) };
const session = () => ({ userId: ada, token, expiresAt: new Date(0), ipAddress: "", userAgent: "Browser", ...times });

describe("what better-auth stores and reads", () => {
  test("users, by email address or id; ids are strings", async () => {
    const row = { id: ada, name: "Ada", email: "ada@acme.test", emailVerified: true };
    expect(await adapter.findOne({ model: "user", where: by("email", "ada@acme.test") })).toMatchObject(row);
    expect(await adapter.findOne({ model: "user", where: by("id", ada) })).toMatchObject(row);
    expect(await adapter.findOne({ model: "user", where: by("email", "nobody@acme.test") })).toBeNull();
    for (const id of ["", "x", "0", "-1", "1e99"])
      expect([id, await adapter.findOne({ model: "user", where: by("id", id) }).catch(() => null)]).toEqual([id, null]);
  });

  test("sessions, by their token, with the clock of the application", async () => {
    const created = await adapter.create({ model: "session", data: session() });
    expect(created).toMatchObject({ userId: ada, token, ipAddress: null, userAgent: "Browser", createdAt: bench.clock.now() });
    expect(await adapter.findOne({ model: "session", where: by("token", token), join: { user: true } })).toMatchObject({
      id: expect.any(String),
      token,
      expiresAt: new Date("2026-02-01T03:04:05.678Z"),
      user: { email: "ada@acme.test" },
    });
    await adapter.delete({ model: "session", where: by("token", token) });
    expect(await adapter.findMany({ model: "session", where: by("token", token) })).toEqual([]);
    await adapter.delete({ model: "session", where: by("token", token) });
  });

  test("identities, without the tokens of the provider", async () => {
    const account = { userId: ada, providerId: "oidc", accountId: "s-1", accessToken: "secret", idToken: "secret", ...times };
    expect(await adapter.create({ model: "account", data: account })).toMatchObject({ userId: ada, providerId: "oidc", accountId: "s-1" });
    const where = [...by("providerId", "oidc"), ...by("accountId", "s-1")];
    expect(await adapter.findMany({ model: "account", where, join: { user: true } })).toMatchObject([
      { accountId: "s-1", user: { id: ada } },
    ]);
    expect(await adapter.findOne({ model: "user", where: by("email", "ada@acme.test"), join: { account: true } })).toMatchObject({
      account: [{ accountId: "s-1" }],
    });
    const { read } = bench.app.store;
    expect(JSON.stringify(await read.select().from(read.tables.identities))).not.toContain("secret");
  });
});

describe("unsupported actions of better-auth", () => {
  test("throw an error that names the action, and change nothing", async () => {
    const before = await rowCounts(bench.app.store);
    const user = { email: "eve@evil.test", name: "Eve", emailVerified: true, ...times };
    const where = by("id", ada);
    const actions: [string, () => Promise<unknown>][] = [
      ["create its user", () => adapter.create({ model: "user", data: user })],
      ["update its user", () => adapter.update({ model: "user", where, update: { email: "eve@evil.test" } })],
      ["remove its user", () => adapter.delete({ model: "user", where })],
      ["deleteMany its user", () => adapter.deleteMany({ model: "user", where })],
      ["count its user", () => adapter.count({ model: "user" })],
      ["update its session", () => adapter.update({ model: "session", where: by("token", token), update: { userAgent: "x" } })],
      ["updateMany its account", () => adapter.updateMany({ model: "account", where: by("userId", ada), update: { scope: "x" } })],
      ["find its verification", () => adapter.findOne({ model: "verification", where: by("identifier", "x") })],
    ];
    for (const [action, run] of actions) {
      const error = await Promise.resolve()
        .then(run)
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ message: `better-auth tried to ${action}, which is not supported here` });
    }
    expect(await rowCounts(bench.app.store)).toEqual(before);
  });

  test("include finding sessions by anything but their token, and by other operators than equality", async () => {
    await adapter.create({ model: "session", data: session() });
    await expect(adapter.findMany({ model: "session", where: by("userId", ada) })).rejects.toThrow();
    await expect(adapter.findMany({ model: "session", where: [] })).rejects.toThrow();
    const like = [{ field: "token", value: "a", operator: "starts_with" as const }];
    await expect(adapter.findMany({ model: "session", where: like })).rejects.toThrow(
      "better-auth used the condition AND token starts_with",
    );
  });
});
