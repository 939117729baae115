import fc from "fast-check";
import { expect, test } from "vitest";
import { describeSide, formatSide, parseSide } from "./compare-side.ts";

test.each([
  ["web@1.2.0", "web@1.2.0"],
  ["1.2.0+build 7", "1.2.0+build 7"],
  [{ environment: "production", project: "web" }, "env:production@web"],
  [{ environment: "eu@west, blue", project: "7" }, "env:eu@west, blue@7"],
  ["env:production@web", "version:env:production@web"],
  ["version:1", "version:version:1"],
  ["env:no project", "env:no project"],
  ["env:x@Not-A-Slug", "env:x@Not-A-Slug"],
])("%j is formatted as %j, and parsed back", (side, text) => {
  expect(formatSide(side)).toBe(text);
  expect(parseSide(text)).toEqual(side);
});

test.each([null, "", "  "])("%j is not a side", (text) => {
  expect(parseSide(text)).toBeNull();
});

test("round-trips every version and environment", () => {
  const version = fc.oneof(
    fc.string({ minLength: 1, unit: "binary" }),
    fc.string().map((text) => `env:${text}@web`),
  );
  const environment = fc.string({ minLength: 1, unit: "grapheme" });
  const environmentSide = fc.record({ environment, project: fc.stringMatching(/^[a-z0-9_-]{1,20}$/) });
  fc.assert(
    fc.property(fc.oneof(version, environmentSide), (side) => {
      fc.pre(typeof side !== "string" || side.trim() !== "");
      expect(parseSide(formatSide(side))).toEqual(side);
    }),
  );
});

test("describes a side", () => {
  expect([describeSide("web@1"), describeSide({ environment: "production", project: "web" })]).toEqual(["web@1", "production of web"]);
});
