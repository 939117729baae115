import { UserView } from "@landfall/schema/organizations/accounts";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { getSelf, listRegions, whoAmI } from "./me.ts";

let bench: TestApp;
let as: Callers;

beforeEach(async () => {
  bench = await createTestApp();
  as = callers(bench.app, bench.given);
  await bench.given.organization("acme");
  await bench.given.user("ada@acme.test", { name: "Ada", organization: "acme" });
});

afterEach(() => bench.close());

describe("whoAmI (11.1)", () => {
  it("is null without credentials", async () => {
    expect(await whoAmI(await as.anonymous(), {})).toEqual({ version: "0", auth: null, user: null });
  });

  it("is the user of a token, with its scopes and implied ones", async () => {
    const { user, ...rest } = await whoAmI(await as.person("ada@acme.test", ["project:write", "org:ci"]), {});
    expect(rest).toEqual({ version: "0", auth: { scopes: ["org:ci", "project:read", "project:write"] } });
    expect(UserView.parse(user)).toMatchObject({ id: expect.stringMatching(/^\d+$/), name: "Ada", email: "ada@acme.test", isActive: true });
  });

  it("has no user for an organization token", async () => {
    expect(await whoAmI(await as.ci("acme"), {})).toEqual({ version: "0", auth: { scopes: ["org:ci"] }, user: null });
  });

  it("shows no token for a session", async () => {
    const context = await as.person("ada@acme.test");
    const actor = context.actor?.kind === "user" ? { ...context.actor, tokenId: null } : null;
    expect(await whoAmI({ ...context, actor }, {})).toMatchObject({ auth: null, user: { email: "ada@acme.test" } });
  });
});

describe("getSelf", () => {
  it("is the user, for any scopes of the token", async () => {
    const self = await getSelf(await as.person("ada@acme.test", []), {});
    expect(self).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      email: "ada@acme.test",
      emails: [{ email: "ada@acme.test", is_verified: true }],
    });
  });

  it("is 401 without credentials and 403 for CI", async () => {
    await expect(getSelf(await as.anonymous(), {})).rejects.toThrow("Authentication credentials were not provided.");
    await expect(getSelf(await as.ci("acme"), {})).rejects.toThrow(expect.objectContaining({ code: "forbidden" }));
  });
});

describe("listRegions (clients 3.2)", () => {
  it("lists no region, for any credentials", async () => {
    expect(await listRegions(await as.ci("acme"), {})).toEqual({ regions: [] });
    await expect(listRegions(await as.anonymous(), {})).rejects.toThrow(expect.objectContaining({ code: "unauthenticated" }));
  });
});
