import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createStatusReader } from "./server-status.ts";

let testApp: TestApp;
beforeEach(async () => void (testApp = await createTestApp()));
afterEach(() => testApp.close());

test("an empty server", async () => {
  const status = createStatusReader(testApp.app.store.read);
  expect(await status()).toEqual({ organizations: 0, projects: 0, releases: 0, organization: null, project: null });
});

test("counts, and names the oldest organization and project", async () => {
  const { given, app } = testApp;
  await given.organization("acme");
  await given.organization("other");
  await given.project("acme", "web");
  await given.project("acme", "api");
  const status = createStatusReader(app.store.read);
  expect(await status()).toEqual({ organizations: 2, projects: 2, releases: 0, organization: "acme", project: "web" });
});

test("an answer is given again for a hundred times as long as it took", async () => {
  const { given, app } = testApp;
  let now = 0;
  const status = createStatusReader(app.store.read, () => now);
  const first = status();
  now = 5;
  await first;
  await given.organization("acme");
  now = 504;
  expect((await status()).organizations).toBe(0);
  now = 506;
  expect((await status()).organizations).toBe(1);
});

test("those who ask at once are answered by one look", async () => {
  const status = createStatusReader(testApp.app.store.read, () => 0);
  expect(status()).toBe(status());
});
