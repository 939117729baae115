import { SCOPES } from "@landfall/schema/scope";
import { describe, expect, test } from "vitest";
import { clientName, describeScopes, EXPIRY_CHOICES, expiryDate, expiryOf, supportedScopes, tokenWarning } from "./format.ts";

describe("expiry", () => {
  const NOW = new Date("2026-01-15T12:00:00Z");

  test.each([
    [null, "never"],
    ["2026-01-15T11:59:59Z", "over"],
    ["2026-01-15T12:00:00Z", "over"],
    ["2026-01-15T12:00:01Z", "soon"],
    ["2026-01-29T12:00:00Z", "soon"],
    ["2026-01-29T12:00:01Z", "later"],
  ])("classifies %s as %s", (end, expiry) => {
    expect(expiryOf(end, NOW)).toBe(expiry);
  });

  test.each([
    ["30", "2026-02-14T12:00:00.000Z"],
    ["90", "2026-04-15T12:00:00.000Z"],
    ["365", "2027-01-15T12:00:00.000Z"],
    ["never", null],
  ])("a lifetime of %s ends at %s", (choice, end) => {
    expect(expiryDate(choice, NOW)).toBe(end);
  });

  test("rejects other lifetimes", () => {
    for (const choice of ["", "31", "-1", "NaN", "1e9"]) expect(() => expiryDate(choice, NOW)).toThrow(RangeError);
    for (const choice of EXPIRY_CHOICES) expect(() => expiryDate(choice, NOW)).not.toThrow();
  });
});

test.each([
  [null, null],
  ["", null],
  ["  ", null],
  ["sentry-cli/3.8.0", "sentry-cli 3.8.0"],
  ["curl/8.5.0 (x86_64)", "curl 8.5.0"],
  ["Mozilla/5.0 (X11; Linux x86_64) Chrome/140", "a browser"],
  ["landfall", "landfall"],
  ["node/", "node"],
  ["a/b/c", "a b"],
])("shortens %j to %j", (userAgent, name) => {
  expect(clientName(userAgent)).toBe(name);
});

test.each([
  [["org:ci"], "create releases and deploys"],
  [["project:releases", "project:read", "org:read"], "create, change and delete releases; see the organization; see projects and releases"],
  [["project:read", "project:write"], "change projects, create and change releases"],
  [["org:admin", "org:read", "org:write", "org:integrations"], "do everything in the organization"],
  [[...SCOPES], "everything its owner can do"],
  [supportedScopes, "everything its owner can do"],
  [["event:admin", "alerts:write"], "nothing"],
  [["event:admin", "org:read"], "see the organization"],
  [["later:scope"], "nothing"],
  [[], "nothing"],
])("%j: %s", (scopes, text) => {
  expect(describeScopes(scopes)).toBe(text);
});

test("describes every scope differently", () => {
  const labels = supportedScopes.map((scope) => describeScopes([scope]));
  expect(new Set(labels).size).toBe(supportedScopes.length);
});

describe("tokenWarning", () => {
  const NOW = new Date("2026-01-15T12:00:00Z");
  const [SOON, OVER, LATER] = ["2026-01-16T00:00:00Z", "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"];

  test.each([
    [[], null],
    [[null, LATER], null],
    [[SOON], "1 stops working within 14 days: rotate it before that."],
    [[SOON, SOON, LATER], "2 stop working within 14 days: rotate them before that."],
    [[OVER, null], "1 has expired and can be revoked."],
    [[OVER, SOON, OVER], "1 stops working within 14 days: rotate it before that. 2 have expired and can be revoked."],
  ])("%j: %s", (ends, text) => {
    expect(
      tokenWarning(
        ends.map((dateExpires) => ({ dateExpires })),
        NOW,
      ),
    ).toBe(text);
  });

  test("warns about tokens whose creator has left", () => {
    const by = (isMember: boolean) => ({ dateExpires: null, createdBy: { isMember } });
    expect(tokenWarning([by(true), { dateExpires: null, createdBy: null }], NOW)).toBeNull();
    expect(tokenWarning([by(false), by(true)], NOW)).toBe("1 was created by a former member: revoke or rotate it.");
    expect(tokenWarning([by(false), by(false)], NOW)).toBe("2 were created by a former member: revoke or rotate them.");
  });
});
