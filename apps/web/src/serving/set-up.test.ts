import { createSetupLink } from "@landfall/core/provisioning/create-setup-link";
import { describeSetupLink } from "@landfall/core/provisioning/describe-setup-link";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, expect, test } from "vitest";
import { serverContext } from "./first-start.ts";
import { completeSetup } from "./set-up.ts";

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

test("a link makes one administrator, whose token works, and is then used", async () => {
  const { app } = testApp;
  const outcome = await completeSetup(app, link, newcomer);
  expect(outcome).toEqual({
    kind: "made",
    email: "ada@example.test",
    token: expect.stringMatching(/^sntryu_/),
    organization: "acme",
    project: null,
  });
  const authorization = outcome.kind === "made" ? `Bearer ${outcome.token}` : "";
  expect((await app.contextOf({ authorization, userAgent: null, requestId: null })).actor).toMatchObject({ kind: "user" });
  expect(await completeSetup(app, link, { ...newcomer, email: "eve@example.test" })).toEqual({
    kind: "refused",
    message: expect.stringContaining("used before"),
    fields: {},
  });
});

test("an unknown link", async () => {
  expect(await completeSetup(testApp.app, "nonsense", newcomer)).toMatchObject({ kind: "refused", message: expect.stringContaining("unknown") });
});

test.each([
  [{ email: "nobody" }, "email"],
  [{ password: "short" }, "password"],
  [{ name: "x".repeat(65) }, "name"],
])("what is wrong is told at its field, and the link stays unused: %o", async (wrong, field) => {
  const outcome = await completeSetup(testApp.app, link, { ...newcomer, ...wrong });
  expect(outcome).toEqual({ kind: "refused", message: null, fields: { [field]: expect.any(String) } });
  expect((await describeSetupLink(testApp.app.store.read, link, testApp.clock.now())).state).toBe("unused");
});

test("a bug is thrown, not told", async () => {
  const { app } = testApp;
  const broken = { ...app, contextOf: () => Promise.reject(new Error("broken")) };
  await expect(completeSetup(broken, link, newcomer)).rejects.toThrow("broken");
});
