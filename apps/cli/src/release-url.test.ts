import { expect, test } from "vitest";
import { releaseUrl } from "./release-url.ts";

test.each([
  ["https://lf.test", "acme", "web@1.0.0+b 1", "https://lf.test/organizations/acme/releases/web%401.0.0%2Bb%201/"],
  ["https://lf.test//", "acme", "1", "https://lf.test/organizations/acme/releases/1/"],
  ["https://example.test/landfall", "a b", "漢", "https://example.test/landfall/organizations/a%20b/releases/%E6%BC%A2/"],
])("%s %s %s", (server, organization, version, expected) => {
  expect(releaseUrl(server, organization, version)).toBe(expected);
});
