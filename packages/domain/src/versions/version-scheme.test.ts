import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parseVersion } from "./parse-version.ts";
import { versionScheme } from "./version-info.ts";

describe("versionScheme", () => {
  test.each([
    ["app@1.2.3", "semver"],
    ["app@1.2.3-rc.1+42", "semver"],
    ["app@1999.1", "calver"],
    ["app@1.2", "semver"],
    ["app@2024.1.0", "calver"],
    ["2024.1.0", "calver"],
    ["app@2024.53", "calver"],
    ["2024-01-31", "calver"],
    ["app@20240131", "calver"],
    ["release@202401311530", "calver"],
    ["app@2024.100.0", "semver"],
    ["app@3024.1.0", "semver"],
    ["app@4711", "build"],
    ["4711", "build"],
    ["999999999999", "build"],
    ["a3f9c1d2e4b5a3f9c1d2e4b5a3f9c1d2e4b5a3f9", "hash"],
    ["app@a3f9c1d2e4b5", "hash"],
    ["1111111111111111111111111111111111111111", "hash"],
    ["1.2.3", "text"],
    ["main", "text"],
    ["latest", "text"],
    ["a/b", "text"],
    ["x".repeat(250), "text"],
  ])("%s is %s", (release, scheme) => expect(versionScheme(release)).toBe(scheme));

  it("never throws, and returns semver only for releases with semver columns", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0129a.-+@v ") }), (release) => {
        if (versionScheme(release) === "semver") expect(parseVersion(release)?.version).not.toBeNull();
      }),
    );
  });
});
