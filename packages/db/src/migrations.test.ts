import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { assertNotNewer, knownMigrations, migrationsFolder } from "./migrations.ts";

describe.each(["sqlite", "postgres"] as const)("%s", (dialect) => {
  test("every file is listed exactly once", () => {
    const files = readdirSync(migrationsFolder(dialect)).filter((name) => name.endsWith(".sql"));
    const known = knownMigrations(dialect);
    expect(known).toHaveLength(files.length);
    expect(new Set(known.map((migration) => migration.folderMillis)).size).toBe(files.length);
    expect(existsSync(migrationsFolder(dialect))).toBe(true);
  });
});

describe("a newer database", () => {
  const known = [10, 20, 30].map((folderMillis) => ({ sql: [], bps: true, folderMillis, hash: String(folderMillis) }));

  test.each([[[]], [[10]], [[10, 20, 30]], [[30, 10]]])("is not one with %j applied", (applied) => {
    expect(() => assertNotNewer(applied, known)).not.toThrow();
  });

  test.each([
    [[10, 20, 30, 40], "1 unknown migration)"],
    [[10, 15, 40], "2 unknown migrations)"],
  ])("is one with %j applied", (applied, words) => {
    expect(() => assertNotNewer(applied, known)).toThrow(
      expect.objectContaining({ code: "newer_database", message: expect.stringContaining(words) }),
    );
  });
});
