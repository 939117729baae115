import { expect, test } from "vitest";
import { resolveSettings } from "./settings/resolve-settings.ts";
import { namedProjects, wantedOrganization, wantedProjects, wantedVersion } from "./wanted.ts";

const known = { settings: resolveSettings({}, { SENTRY_ORG: "acme", SENTRY_PROJECT: "web,api", SENTRY_RELEASE: "web@1" }, null) };
const unknown = { settings: resolveSettings({}, {}, null) };

test("settings answer what a command is about", () => {
  expect(wantedOrganization(known)).toBe("acme");
  expect(wantedProjects(known)).toEqual(["web", "api"]);
  expect(wantedVersion(known, undefined)).toBe("web@1");
  expect(wantedVersion(known, "given")).toBe("given");
  expect(namedProjects(unknown)).toEqual([]);
});

test.each([
  ["organization", () => wantedOrganization(unknown), /--org.*LANDFALL_ORG.*SENTRY_ORG/],
  ["project", () => wantedProjects(unknown), /-p.*LANDFALL_PROJECT.*SENTRY_PROJECT/],
  ["release", () => wantedVersion(unknown, undefined), /LANDFALL_RELEASE.*SENTRY_RELEASE/],
])("no %s is told with every way to name one", (name, ask, hint) => {
  expect(ask).toThrow(expect.objectContaining({ exit: "input", message: `No ${name} is known.`, hint: expect.stringMatching(hint) }));
});
