import { expect, test } from "vitest";
import { resolveSettings } from "../settings/resolve-settings.ts";
import { optionalProjects, releaseUrl, requireOrganization, requireProjects, requireVersion, take, collect } from "./arguments.ts";

const known = { settings: resolveSettings({}, { SENTRY_ORG: "acme", SENTRY_PROJECT: "web,api", SENTRY_RELEASE: "web@1" }, null) };
const unknown = { settings: resolveSettings({}, { SENTRY_URL: "https://lf.test", SENTRY_AUTH_TOKEN: "sntryu_x" }, null) };

test("reads the organization, the projects, and the version from the settings", () => {
  expect(requireOrganization(known)).toBe("acme");
  expect(requireProjects(known)).toEqual(["web", "api"]);
  expect(requireVersion(known, undefined)).toBe("web@1");
  expect(requireVersion(known, "given")).toBe("given");
  expect(optionalProjects(unknown)).toEqual([]);
});

test.each([
  ["organization", () => requireOrganization(unknown), /--org.*LANDFALL_ORG.*SENTRY_ORG/],
  ["project", () => requireProjects(unknown), /-p.*LANDFALL_PROJECT.*SENTRY_PROJECT/],
  ["release", () => requireVersion(unknown, undefined), /LANDFALL_RELEASE.*SENTRY_RELEASE/],
])("explains how to configure the %s", (name, require, hint) => {
  expect(require).toThrow(
    expect.objectContaining({
      exit: "input",
      message: expect.stringMatching(`^No ${name} (?:configured|specified)`),
      hint: expect.stringMatching(hint),
    }),
  );
});

test.each([
  [{}, "input", "Not configured: server, token, organization.", "set SENTRY_URL, SENTRY_AUTH_TOKEN, SENTRY_ORG."],
  [{ SENTRY_URL: "https://lf.test" }, "auth", "Not configured: token, organization.", "set SENTRY_AUTH_TOKEN, SENTRY_ORG."],
])("with the settings %j names all that is missing", (env, exit, message, hint) => {
  const settings = resolveSettings({}, env, null);
  expect(() => requireOrganization({ settings })).toThrow(expect.objectContaining({ exit, message, hint: expect.stringContaining(hint) }));
});

test.each([
  ["https://lf.test", "acme", "web@1.0.0+b 1", "https://lf.test/organizations/acme/releases/web%401.0.0%2Bb%201/"],
  ["https://lf.test//", "acme", "1", "https://lf.test/organizations/acme/releases/1/"],
  ["https://example.test/landfall", "a b", "漢", "https://example.test/landfall/organizations/a%20b/releases/%E6%BC%A2/"],
])("%s %s %s", (server, organization, version, expected) => {
  expect(releaseUrl(server, organization, version)).toBe(expected);
});

/** Yields the numbers from 1, and records which were requested. */
function numbers(last: number) {
  const seen: number[] = [];
  async function* iterate() {
    for (let value = 1; value <= last; value += 1) {
      seen.push(value);
      yield value;
    }
  }
  return { items: iterate(), seen };
}

test.each([
  [5, 3, [1, 2, 3], true, 4],
  [3, 3, [1, 2, 3], false, 3],
  [2, 3, [1, 2], false, 2],
  [0, 3, [], false, 0],
])("of %i items, %i at most", async (last, most, items, hasMore, requested) => {
  const { items: source, seen } = numbers(last);
  expect(await take(source, most)).toEqual({ items, hasMore });
  expect(seen).toHaveLength(requested);
});

test("collects all items", async () => {
  expect(await collect(numbers(200).items)).toHaveLength(200);
});
