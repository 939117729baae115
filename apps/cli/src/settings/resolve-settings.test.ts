import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resolveSettings, tokenPayload } from "./resolve-settings.ts";

const LOGIN = { url: "https://login.test", token: "sntryu_login", organization: "from-login" };

const orgToken = (url: string | null, org: string): string =>
  `sntrys_${Buffer.from(JSON.stringify({ iat: 1, url, region_url: url, org })).toString("base64")}_${"a".repeat(43)}`;

const LANDFALL = {
  LANDFALL_URL: "https://lf.test",
  LANDFALL_TOKEN: "lf",
  LANDFALL_ORG: "lf-org",
  LANDFALL_PROJECT: "lf-project",
  LANDFALL_RELEASE: "lf@1",
  LANDFALL_ENVIRONMENT: "lf-env",
};

const SENTRY = {
  SENTRY_URL: "https://sentry.test",
  SENTRY_AUTH_TOKEN: "st",
  SENTRY_ORG: "st-org",
  SENTRY_PROJECT: "st-project",
  SENTRY_RELEASE: "st@1",
  SENTRY_ENVIRONMENT: "st-env",
};

const FLAGS = { server: "https://flag.test", token: "flag", org: "flag-org", project: ["a", "b"] };

describe("precedence", () => {
  test("flags", () => {
    expect(resolveSettings(FLAGS, { ...LANDFALL, ...SENTRY }, LOGIN)).toMatchObject({
      url: { value: "https://flag.test", source: "--server" },
      token: { value: "flag", source: "--token" },
      organization: { value: "flag-org", source: "--org" },
      projects: { value: ["a", "b"], source: "--project" },
    });
  });

  test("then LANDFALL_ variables", () => {
    expect(resolveSettings({}, { ...LANDFALL, ...SENTRY }, LOGIN)).toMatchObject({
      url: { value: "https://lf.test", source: "LANDFALL_URL" },
      token: { value: "lf", source: "LANDFALL_TOKEN" },
      organization: { value: "lf-org", source: "LANDFALL_ORG" },
      projects: { value: ["lf-project"], source: "LANDFALL_PROJECT" },
      release: { value: "lf@1", source: "LANDFALL_RELEASE" },
      environment: { value: "lf-env", source: "LANDFALL_ENVIRONMENT" },
    });
  });

  test("then SENTRY_ variables", () => {
    expect(resolveSettings({}, SENTRY, LOGIN)).toMatchObject({
      url: { value: "https://sentry.test", source: "SENTRY_URL" },
      token: { value: "st", source: "SENTRY_AUTH_TOKEN" },
      organization: { value: "st-org", source: "SENTRY_ORG" },
      projects: { value: ["st-project"], source: "SENTRY_PROJECT" },
      release: { value: "st@1", source: "SENTRY_RELEASE" },
      environment: { value: "st-env", source: "SENTRY_ENVIRONMENT" },
    });
  });

  test("then the login file", () => {
    expect(resolveSettings({}, {}, LOGIN)).toMatchObject({
      url: { value: "https://login.test", source: "the login file" },
      token: { value: "sntryu_login", source: "the login file" },
      organization: { value: "from-login", source: "the login file" },
      projects: null,
      warnings: [],
    });
  });

  test("then the payload of the token", () => {
    expect(resolveSettings({ token: orgToken("https://own.test", "own") }, {}, null)).toMatchObject({
      url: { value: "https://own.test", source: "the token" },
      organization: { value: "own", source: "the token" },
    });
  });

  test("null without any source", () => {
    const nothing = { url: null, token: null, organization: null, projects: null, release: null, environment: null, warnings: [] };
    expect(resolveSettings({}, {}, null)).toEqual(nothing);
  });

  test("each setting is resolved separately", () => {
    expect(resolveSettings({ org: "flag-org" }, { LANDFALL_URL: "https://lf.test", SENTRY_AUTH_TOKEN: "st" }, null)).toMatchObject({
      url: { source: "LANDFALL_URL" },
      token: { source: "SENTRY_AUTH_TOKEN" },
      organization: { source: "--org" },
    });
  });

  test.each(["", "  ", "\n"])("a variable with the value %j counts as unset", (value) => {
    expect(resolveSettings({}, { LANDFALL_ORG: value, SENTRY_ORG: "st-org" }, null).organization?.value).toBe("st-org");
  });

  test.each([
    ["web", ["web"]],
    ["web,api", ["web", "api"]],
    [" web  api, docs ", ["web", "api", "docs"]],
    [" , ", null],
  ])("SENTRY_PROJECT=%j names %j", (value, expected) => {
    expect(resolveSettings({}, { SENTRY_PROJECT: value }, null).projects?.value ?? null).toEqual(expected);
  });
});

describe("tokens are sent only to their server", () => {
  test("a saved token is not used for another server", () => {
    const settings = resolveSettings({}, { SENTRY_URL: "https://elsewhere.test" }, LOGIN);
    expect(settings).toMatchObject({ token: null, organization: null });
    expect(settings.warnings).toEqual([expect.stringContaining("The login file is for a different server")]);
  });

  test("a saved token is used for the same server", () => {
    const settings = resolveSettings({ server: "https://login.test/" }, {}, LOGIN);
    expect(settings).toMatchObject({ token: { value: "sntryu_login" }, organization: { value: "from-login" }, warnings: [] });
  });

  test("a token with another server in it is not sent to the server of the login file", () => {
    const attempt = () => resolveSettings({}, { SENTRY_AUTH_TOKEN: orgToken("https://own.test", "own") }, LOGIN);
    expect(attempt).toThrow(expect.objectContaining({ exit: "input", hint: expect.stringContaining("--server") }));
  });

  test("a token without a server in it is sent to the server of the login file", () => {
    expect(resolveSettings({}, { SENTRY_AUTH_TOKEN: "sntryu_x" }, LOGIN)).toMatchObject({
      url: { value: "https://login.test" },
      token: { value: "sntryu_x" },
    });
    expect(resolveSettings({}, { SENTRY_AUTH_TOKEN: orgToken(null, "own") }, LOGIN).url?.value).toBe("https://login.test");
  });

  test("an explicit server is used, with a warning", () => {
    const settings = resolveSettings({ token: orgToken("https://own.test", "own") }, { LANDFALL_URL: "http://localhost:3000" }, null);
    expect(settings.url?.value).toBe("http://localhost:3000");
    expect(settings.warnings).toEqual([expect.stringContaining("https://own.test")]);
  });

  test("an invalid URL is left to the client", () => {
    expect(resolveSettings({ server: "not an address" }, {}, LOGIN).url?.value).toBe("not an address");
  });
});

const SECRET = "a".repeat(43);
const tokenOf = (payload: unknown): string => `sntrys_${Buffer.from(JSON.stringify(payload)).toString("base64")}_${SECRET}`;

describe("tokenPayload", () => {
  test("reads the server and the organization", () => {
    const payload = { iat: 1, url: "https://lf.test", region_url: "https://lf.test", org: "acme" };
    expect(tokenPayload(tokenOf(payload))).toEqual({ url: "https://lf.test", organization: "acme" });
  });

  test.each([
    [
      { url: null, org: "acme" },
      { url: null, organization: "acme" },
    ],
    [
      { url: "", org: 7 },
      { url: null, organization: null },
    ],
    [{}, { url: null, organization: null }],
  ])("reads %j", (payload, expected) => {
    expect(tokenPayload(tokenOf(payload))).toEqual(expected);
  });

  test.each([
    `sntryu_${"0".repeat(64)}`,
    "",
    "sntrys_",
    `sntrys_bm90IGpzb24=_${SECRET}`,
    `sntrys_${Buffer.from("7").toString("base64")}_${SECRET}`,
    `sntrys_${Buffer.from("null").toString("base64")}_${SECRET}`,
    "sntrys_###_x",
  ])("returns null for %j", (token) => {
    expect(tokenPayload(token)).toBeNull();
  });

  test("never throws", () => {
    fc.assert(fc.property(fc.string(), (text) => [tokenPayload(text), tokenPayload(`sntrys_${text}`)].length === 2));
  });
});
