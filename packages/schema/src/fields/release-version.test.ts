import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { issuesOf } from "./issues-of.ts";
import { pythonStrip } from "./python-strip.ts";
import { isValidVersion, releaseVersion } from "./release-version.ts";

const refused = (version: string) => `Release with name ${version} is not allowed`;

describe("releaseVersion", () => {
  it.each([
    "1.2.3+dev",
    "1.2.1 (123)",
    "1.0 beta",
    "a".repeat(40),
    " 1.0 ",
    "2.0rc2",
    "org.example.FooApp@1.0rc1+20200101100",
    "latest-1",
    "...",
    "x".repeat(200),
    "😀".repeat(200),
    "\u000b1",
    "1\u007f",
    "a\u2028b",
    "\u200b",
    "\ufeff",
    "hello world",
    "stats",
  ])("keeps %j exactly as sent", (version) => {
    expect(releaseVersion().parse(version)).toBe(version);
  });

  it.each([
    [undefined, "This field is required."],
    [null, "This field may not be null."],
    ["", "This field may not be blank."],
    ["   ", "Release with name     is not allowed"],
    [".", "Release with name . is not allowed"],
    ["..", "Release with name .. is not allowed"],
    [" .. ", refused(" .. ")],
    ["latest", "Release with name latest is not allowed"],
    ["LATEST", "Release with name LATEST is not allowed"],
    ["Latest", refused("Latest")],
    [" latest ", refused(" latest ")],
    ["\u00a0\u2028", refused("\u00a0\u2028")],
    ["a/b", "Release with name a/b is not allowed"],
    ["a\\b", "Release with name a\\b is not allowed"],
    ["1.2.3\n", refused("1.2.3\n")],
    ["\n1", refused("\n1")],
    ["1.\n2", refused("1.\n2")],
    ["\f", refused("\f")],
    ["1.2.3\f", refused("1.2.3\f")],
    ["\t", refused("\t")],
    ["1.2.3\t", refused("1.2.3\t")],
    ["\r", refused("\r")],
    ["1\u0000", "Null characters are not allowed."],
    ["1/\u0000", "Null characters are not allowed."],
    ["\ud800", "Surrogate characters are not allowed: U+D800."],
    ["x".repeat(201), "Ensure this field has no more than 200 characters."],
    ["😀".repeat(201), "Ensure this field has no more than 200 characters."],
    [true, "Not a valid string."],
    [[], "Not a valid string."],
    [{}, "Not a valid string."],
  ])("refuses %j with %j", (version, message) => {
    expect(issuesOf(releaseVersion(), version)).toEqual({ "": [message] });
  });

  it.each([
    [1, "1"],
    [1.5, "1.5"],
  ])("writes the number %s as %j", (version, text) => {
    expect(releaseVersion().parse(version)).toBe(text);
  });

  it("never throws, and lets through only valid versions, unchanged", () => {
    const near = fc.string({ unit: fc.constantFrom("latest", ".", " ", "/", "\\", "\n", "\u00a0", "1", "LaTeSt"), maxLength: 4 });
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: "binary" })), (version) => {
        const result = releaseVersion().safeParse(version);
        if (!result.success) return;
        expect(result.data).toBe(version);
        expect(isValidVersion(version)).toBe(true);
        expect(version).not.toMatch(/[\r\n\f\t/\\]/);
        expect(["", ".", "..", "latest"]).not.toContain(pythonStrip(version).toLowerCase());
      }),
    );
  });
});
