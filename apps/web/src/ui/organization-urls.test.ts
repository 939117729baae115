import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { organizationUrls, queryString } from "./organization-urls.ts";

/** Versions are never "." or "..", which browsers resolve in paths. */
const versions = fc
  .string({ unit: "binary", minLength: 1 })
  .map((text) => text.toWellFormed())
  .filter((text) => text !== "." && text !== "..");

describe("queryString", () => {
  test.each([
    [{}, ""],
    [{ a: undefined, b: null, c: "", d: [] }, ""],
    [{ query: "package:a b", page: "2" }, "?query=package%3Aa+b&page=2"],
    [{ project: ["a", "b"], empty: "" }, "?project=a&project=b"],
  ])("%j is %j", (query, text) => {
    expect(queryString(query)).toBe(text);
  });
});

describe("organizationUrls", () => {
  test("returns the URLs of pages", () => {
    const to = organizationUrls("acme");
    expect([to.home, to.releases(), to.release("web@1.0+2"), to.release("1.0", "commits"), to.settings("tokens")]).toEqual([
      "/organizations/acme",
      "/organizations/acme/releases",
      "/organizations/acme/releases/web%401.0%2B2",
      "/organizations/acme/releases/1.0/commits",
      "/organizations/acme/settings/tokens",
    ]);
  });

  test("keeps any version in one path segment", () => {
    fc.assert(
      fc.property(versions, (version) => {
        const parts = new URL(organizationUrls("acme").release(version), "http://landfall.test").pathname.split("/");
        expect(parts.map(decodeURIComponent)).toEqual(["", "organizations", "acme", "releases", version]);
      }),
    );
  });
});
