import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { callers } from "@landfall/testing/callers";
import { createInvitation } from "@landfall/core/invitations/create-invitation";
import { afterEach, beforeEach, expect, test } from "vitest";
import { joinOrganization } from "./join.ts";

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

test("an invitation makes one account", async () => {
  expect(await joinOrganization(testApp.app, secret, invited)).toEqual({ kind: "joined", email: "new@acme.test", organization: "acme" });
  expect(await joinOrganization(testApp.app, secret, invited)).toMatchObject({ kind: "refused", message: expect.any(String), fields: {} });
});

test("what is wrong is told at its field", async () => {
  expect(await joinOrganization(testApp.app, secret, { ...invited, password: "short" })).toEqual({
    kind: "refused",
    message: null,
    fields: { password: expect.any(String) },
  });
});

test("a bug is thrown, not told", async () => {
  const broken = { ...testApp.app, contextOf: () => Promise.reject(new Error("broken")) };
  await expect(joinOrganization(broken, secret, invited)).rejects.toThrow("broken");
});
