import { describe, expect, test, vi } from "vitest";
import { findSimilarVersions, versionParts } from "./similar-versions.ts";

describe("versionParts", () => {
  test.each([
    ["web@2.4.7", ["web@2.4.7", "2.4.7", "2.4", "web"]],
    ["v2.4.7-rc.1", ["v2.4.7-rc.1", "2.4.7-rc.1", "2.4"]],
    ["4f2c9e1b", ["4f2c9e1b"]],
    ["@acme/web@1", ["@acme/web@1", "1", "@acme/web"]],
    ["a:b", []],
    ['say "hi"', []],
    [" ", []],
    [`web@${"9".repeat(5000)}`, ["web"]],
  ])("of %j are %j", (version, parts) => {
    expect(versionParts(version)).toEqual(parts);
  });
});

test("searches for shorter and shorter parts until something is found", async () => {
  const find = vi.fn<(query: string) => Promise<string[]>>(async (query) => (query === "2.4" ? ["web@2.4.0", "web@2.4.1"] : []));
  expect(await findSimilarVersions("web@2.4.7", find)).toEqual(["web@2.4.0", "web@2.4.1"]);
  expect(find.mock.calls.map(([query]) => query)).toEqual(["web@2.4.7", "2.4.7", "2.4"]);
  expect(await findSimilarVersions("none", find)).toEqual([]);
});

test("returns at most ten", async () => {
  const many = Array.from({ length: 12 }, (_, index) => `web@${index}`);
  expect(await findSimilarVersions("web", async () => many)).toHaveLength(10);
});
