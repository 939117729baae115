import fc from "fast-check";
import { expect, test } from "vitest";
import { organizationUrls } from "#ui/organization-urls.ts";
import { parseReleaseUrl } from "./release-page.ts";

test.each([
  ["/organizations/acme/releases/web%401.0%2B2", { organization: "acme", version: "web@1.0+2", project: null }],
  ["/organizations/acme/releases/1.0/commits?project=api&_rsc=x", { organization: "acme", version: "1.0", project: "api" }],
  ["/organizations/acme/releases/a%2541/", { organization: "acme", version: "a%41", project: null }],
  ["/organizations/acme/releases/100%?project=", { organization: "acme", version: "100%", project: "" }],
  ["/", { organization: "", version: "", project: null }],
])("parses %s as %j", (url, expected) => {
  expect(parseReleaseUrl(url)).toEqual(expected);
});

test("round-trips any version", () => {
  const versions = fc
    .string({ unit: "binary", minLength: 1 })
    .map((text) => text.toWellFormed())
    .filter((text) => text !== "." && text !== "..");
  fc.assert(
    fc.property(versions, fc.constantFrom(undefined, "commits", "json"), (version, tab) => {
      expect(parseReleaseUrl(organizationUrls("acme").release(version, tab, { project: "a b" }))).toEqual({
        organization: "acme",
        version,
        project: "a b",
      });
    }),
  );
});
