import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { VERSION } from "#server/lifecycle/version.ts";
import { createStatusReader, readServerFacts } from "./server-status.ts";

describe("server status", () => {
  let testApp: TestApp;
  beforeEach(async () => void (testApp = await createTestApp()));
  afterEach(() => testApp.close());

  test("counts nothing on an empty server", async () => {
    const status = createStatusReader(testApp.app.store.read);
    expect(await status()).toEqual({ organizations: 0, projects: 0, releases: 0, organization: null, project: null });
  });

  test("counts, and returns the oldest organization and project", async () => {
    const { given, app } = testApp;
    await given.organization("acme");
    await given.organization("other");
    await given.project("acme", "web");
    await given.project("acme", "api");
    const status = createStatusReader(app.store.read);
    expect(await status()).toEqual({ organizations: 2, projects: 2, releases: 0, organization: "acme", project: "web" });
  });

  test("caches a result for a hundred times as long as it took to read", async () => {
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

  test("shares one read among concurrent calls", async () => {
    const status = createStatusReader(testApp.app.store.read, () => 0);
    expect(status()).toBe(status());
  });
});

describe.each(["sqlite", "pglite"] as const)("over %s", (kind) => {
  let bench: TestApp;
  afterEach(() => bench.close());

  test("reads version, start time and database size", async () => {
    bench = await createTestApp(kind);
    const [startedAt, dataDir] = [bench.clock.now(), "/data"];
    const dialect = kind === "sqlite" ? "sqlite" : "postgres";
    expect(await readServerFacts(bench.app.store.read, { startedAt, dataDir })).toEqual({
      version: VERSION,
      startedAt,
      dataDir,
      database: { kind: dialect, bytes: null },
    });
    await bench.given.organization("acme");
    const { database } = await readServerFacts(bench.app.store.read, { startedAt, dataDir });
    expect(database.bytes).toBeGreaterThan(100_000);
    expect(database.bytes).toBeLessThan(100_000_000);
  });
});
