import { expect, test } from "vitest";
import { artifactsUrl } from "./artifacts-url.ts";

test.each([
  ["https://lf.test", "acme", "web", null, "https://lf.test/organizations/acme/projects/web/artifacts/"],
  ["https://lf.test/x//", "a b", "é", "1-2", "https://lf.test/x/organizations/a%20b/projects/%C3%A9/artifacts/?bundle=1-2"],
])("%s %s %s %s", (server, organization, project, bundle, expected) => {
  expect(artifactsUrl(server, organization, project, bundle)).toBe(expected);
});
