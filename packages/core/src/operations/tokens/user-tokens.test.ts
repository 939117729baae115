import { SCOPES } from "@landfall/schema/scope";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { refusal } from "@landfall/testing/access/refusal";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createUserToken, listTokens, revokeToken } from "./user-tokens.ts";

let bench: TestApp;
let as: Callers;
let ada: Context;

beforeEach(async () => {
  bench = await createTestApp();
  as = callers(bench.app, bench.given);
  await bench.given.organization("acme");
  await bench.given.user("ada@acme.test", { organization: "acme" });
  await bench.given.user("bob@acme.test", { organization: "acme" });
  ada = await as.person("ada@acme.test");
});

afterEach(() => bench.close());

const issues = (...found: [string, string][]) =>
  expect.objectContaining({
    code: "invalid",
    issues: found.map(([path, message]) => expect.objectContaining({ path: expect.arrayContaining([path]), message })),
  });

describe("createUserToken", () => {
  it("returns the token once, and it works immediately", async () => {
    const made = await createUserToken(ada, { name: "laptop", scopes: ["project:releases", "org:read", "org:read"] });
    expect(made).toEqual({
      id: expect.any(String),
      kind: "user",
      name: "laptop",
      scopes: ["project:releases", "org:read"],
      tokenLastCharacters: made.token.slice(-4),
      dateCreated: "2026-01-02T03:04:05.678Z",
      dateExpires: null,
      dateLastUsed: null,
      lastUsedClient: null,
      token: expect.stringMatching(/^sntryu_[0-9a-f]{64}$/),
    });
    expect((await as.bearer(made.token)).actor).toMatchObject({ kind: "user", scopes: new Set(["project:releases", "org:read"]) });
  });

  it("never allows more than the token it was created with", async () => {
    const reader = await as.person("ada@acme.test", ["org:read", "project:write"]);
    expect(await createUserToken(reader, { name: "x", scopes: ["project:read"] })).toMatchObject({ scopes: ["project:read"] });
    await expect(createUserToken(reader, { name: "x", scopes: ["org:read", "project:admin", "org:ci"] })).rejects.toThrow(
      issues(["scopes", 'You do not have the scope "project:admin" yourself.'], ["scopes", 'You do not have the scope "org:ci" yourself.']),
    );
  });

  it.each([
    [{ scopes: ["org:read"] }, ["name", "This field is required."]],
    [{ name: " ", scopes: ["org:read"] }, ["name", "This field may not be blank."]],
    [{ name: "x" }, ["scopes", "This field is required."]],
    [{ name: "x", scopes: [] }, ["scopes", "This list may not be empty."]],
    [{ name: "x", scopes: ["root"] }, ["scopes", '"root" is not a valid choice.']],
    [{ name: "x", scopes: ["org:read"], dateExpires: "soon" }, ["dateExpires", expect.stringContaining("Datetime has wrong format.")]],
    [{ name: "x", scopes: ["org:read"], dateExpires: "2026-01-02T03:04:05Z" }, ["dateExpires", "The expiry date must be in the future."]],
  ] as [object, [string, string]][])("refuses %j", async (input, found) => {
    await expect(createUserToken.call(ada, {}, () => input)).rejects.toThrow(issues(found));
  });

  it("accepts an expiry date", async () => {
    const made = await createUserToken.call(ada, {}, () => ({ name: "x", scopes: ["org:read"], dateExpires: "2026-02-01" }));
    expect(made.dateExpires).toBe("2026-02-01T00:00:00Z");
  });

  it("requires a user", async () => {
    await expect(createUserToken(await as.ci("acme"), { name: "x", scopes: ["org:ci"] })).rejects.toThrow(refusal("forbidden"));
    await expect(createUserToken(await as.anonymous(), { name: "x", scopes: ["org:read"] })).rejects.toThrow(refusal("unauthenticated"));
    await expect(createUserToken(await as.person("ada@acme.test", []), { name: "x", scopes: ["org:read"] })).rejects.toThrow(
      refusal("forbidden"),
    );
  });
});

describe("listTokens and revokeToken", () => {
  it("apply only to the caller's tokens", async () => {
    const bob = await as.person("bob@acme.test");
    const mine = await createUserToken(ada, { name: "mine", scopes: ["org:read"] });
    const his = await createUserToken(bob, { name: "his", scopes: ["org:read"] });
    const { items } = await listTokens(ada, {});
    expect(items.map(({ name }) => name)).toEqual(["mine", "token 1"]);
    await expect(revokeToken(ada, { token: his.id })).rejects.toThrow(refusal("not_found"));
    await revokeToken(ada, { token: mine.id });
    await expect(as.bearer(mine.token)).rejects.toThrow("Invalid token");
    expect((await as.bearer(his.token)).actor).toMatchObject({ kind: "user" });
    expect((await listTokens(ada, {})).items).toHaveLength(1);
    await expect(revokeToken(ada, { token: mine.id })).rejects.toThrow(refusal("not_found"));
  });

  it("have pages", async () => {
    for (let made = 0; made < 5; made += 1) await createUserToken(ada, { name: `t${made}`, scopes: ["org:read"] });
    const first = await listTokens(ada, { per_page: 4 });
    const second = await listTokens(ada, { per_page: 4, cursor: first.next?.cursor });
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(["t4", "t3", "t2", "t1", "t0", "token 1"]);
  });

  it("require a user", async () => {
    const ci = await as.ci("acme");
    await expect(listTokens(ci, {})).rejects.toThrow(refusal("forbidden"));
    await expect(revokeToken(ci, { token: "1" })).rejects.toThrow(refusal("forbidden"));
  });

  it("accept every known scope", async () => {
    const { scopes } = await createUserToken(await as.person("ada@acme.test"), { name: "all", scopes: [...SCOPES] });
    expect(scopes).toEqual([...SCOPES]);
  });
});
