import { createInvitation } from "@landfall/core/operations/invitations/manage";
import { createSetupLink, describeSetupLink } from "@landfall/core/operations/setup/setup-link";
import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { serverContext } from "#server/lifecycle/server-context.ts";
import { completeSetup, joinOrganization } from "./account-forms.ts";

describe("completeSetup", () => {
  let testApp: TestApp;
  let link: string;

  beforeEach(async () => {
    testApp = await createTestApp();
    await testApp.given.organization("acme");
    const { url } = await createSetupLink(await serverContext(testApp.app), { organization: "acme" });
    link = url.split("/").at(-1) ?? "";
  });
  afterEach(() => testApp.close());

  const newcomer = {
    name: "Ada",
    email: "ada@example.test",
    password: "correct horse battery",
    organizationName: "",
    organizationSlug: " ",
    projectSlug: "",
  };

  test("creates one owner per link, with a working token", async () => {
    const { app } = testApp;
    const outcome = await completeSetup(app, link, newcomer);
    expect(outcome).toEqual({
      kind: "created",
      email: "ada@example.test",
      token: expect.stringMatching(/^sntrys_/),
      organization: "acme",
      project: null,
    });
    const authorization = outcome.kind === "created" ? `Bearer ${outcome.token}` : "";
    expect((await app.contextOf({ authorization, userAgent: null, requestId: null })).actor).toMatchObject({ kind: "organization" });
    expect(await completeSetup(app, link, { ...newcomer, email: "eve@example.test" })).toEqual({
      kind: "refused",
      code: expect.any(String),
      message: expect.stringContaining("already used"),
      fields: {},
    });
  });

  test("refuses an unknown link", async () => {
    expect(await completeSetup(testApp.app, "nonsense", newcomer)).toMatchObject({
      kind: "refused",
      message: expect.stringContaining("unknown"),
    });
  });

  test.each([
    [{ email: "nobody" }, "email"],
    [{ password: "short" }, "password"],
    [{ name: "x".repeat(65) }, "name"],
  ])("returns the problem by field, and the link stays unused: %o", async (wrong, field) => {
    const outcome = await completeSetup(testApp.app, link, { ...newcomer, ...wrong });
    expect(outcome).toEqual({ kind: "refused", code: "invalid", message: null, fields: { [field]: expect.any(String) } });
    expect((await describeSetupLink(testApp.app.store.read, link, testApp.clock.now())).state).toBe("unused");
  });

  test("throws bugs", async () => {
    const { app } = testApp;
    const broken = { ...app, contextOf: () => Promise.reject(new Error("broken")) };
    await expect(completeSetup(broken, link, newcomer)).rejects.toThrow("broken");
  });
});

describe("joinOrganization", () => {
  let testApp: TestApp;
  let secret: string;

  beforeEach(async () => {
    testApp = await createTestApp();
    await testApp.given.organization("acme", { teams: ["crew"] });
    await testApp.given.user("olga@acme.test", { organization: "acme", role: "owner" });
    const olga = await callers(testApp.app, testApp.given).person("olga@acme.test");
    const { url } = await createInvitation(olga, { organization: "acme", email: "new@acme.test", role: "member" });
    secret = url.split("/").at(-1) ?? "";
  });
  afterEach(() => testApp.close());

  const invited = { name: "Newt", password: "correct horse battery" };

  test("creates one account per invitation", async () => {
    expect(await joinOrganization(testApp.app, secret, invited)).toEqual({ kind: "joined", email: "new@acme.test", organization: "acme" });
    expect(await joinOrganization(testApp.app, secret, invited)).toMatchObject({
      kind: "refused",
      message: expect.any(String),
      fields: {},
    });
  });

  test("returns the problem by field", async () => {
    expect(await joinOrganization(testApp.app, secret, { ...invited, password: "short" })).toEqual({
      kind: "refused",
      code: "invalid",
      message: null,
      fields: { password: expect.any(String) },
    });
  });

  test("throws bugs", async () => {
    const broken = { ...testApp.app, contextOf: () => Promise.reject(new Error("broken")) };
    await expect(joinOrganization(broken, secret, invited)).rejects.toThrow("broken");
  });
});
