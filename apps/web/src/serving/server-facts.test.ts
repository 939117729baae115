import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, describe, expect, test } from "vitest";
import { readServerFacts } from "./server-facts.ts";
import { VERSION } from "./version.ts";

describe.each(["sqlite", "pglite"] as const)("over %s", (kind) => {
  let bench: TestApp;
  afterEach(() => bench.close());

  test("the facts tell version, start, and how much the database takes", async () => {
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
