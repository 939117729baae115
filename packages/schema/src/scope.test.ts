import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  expandScopes,
  isRole,
  isScope,
  REL_DELETE,
  REL_READ,
  REL_WRITE,
  ROLES,
  SCOPE_DESCRIPTIONS,
  SCOPES,
  scopesOfRole,
} from "./scope.ts";

describe("expandScopes", () => {
  it.each([
    [["org:write"], ["org:read", "org:write"]],
    [["org:admin"], ["org:admin", "org:integrations", "org:read", "org:write"]],
    [["project:admin"], ["project:admin", "project:read", "project:write"]],
    [["member:write"], ["member:invite", "member:read", "member:write"]],
    [["project:releases"], ["project:releases"]],
    [["org:ci"], ["org:ci"]],
    [["future:scope", "team:read"], ["team:read"]],
    [[], []],
  ])("%j implies %j", (scopes, granted) => expect([...expandScopes(scopes)].toSorted()).toEqual(granted));

  it("implies no more when it is applied twice", () =>
    fc.assert(
      fc.property(fc.subarray([...SCOPES]), (scopes) => {
        const once = expandScopes(scopes);
        expect(expandScopes([...once])).toEqual(once);
        expect(scopes.every((scope) => once.has(scope))).toBe(true);
      }),
    ));
});

describe("scopesOfRole", () => {
  it("grows with every role", () => {
    const sizes = ROLES.map((role) => scopesOfRole(role).size);
    const isPartOfNext = ROLES.slice(1).map((role, index) =>
      [...scopesOfRole(ROLES[index] ?? "")].every((scope) => scopesOfRole(role).has(scope)),
    );
    expect(isPartOfNext).toEqual([true, true, true]);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  });

  it.each([
    ["member", { read: true, write: true, remove: true, manage: false }],
    ["admin", { read: true, write: true, remove: true, manage: true }],
    ["stranger", { read: false, write: false, remove: false, manage: false }],
    ["constructor", { read: false, write: false, remove: false, manage: false }],
  ])("%s: %j", (role, { read, write, remove, manage }) => {
    const scopes = scopesOfRole(role);
    const any = (set: readonly (typeof SCOPES)[number][]) => set.some((scope) => scopes.has(scope));
    expect([any(REL_READ), any(REL_WRITE), any(REL_DELETE), scopes.has("project:admin")]).toEqual([read, write, remove, manage]);
  });

  it("reserves the administration of the organization for owners", () => {
    expect(scopesOfRole("manager").has("org:admin")).toBe(false);
    expect(scopesOfRole("owner").has("org:admin")).toBe(true);
  });
});

describe("scopes", () => {
  it("have a description each", () => {
    expect(new Set(Object.values(SCOPE_DESCRIPTIONS)).size).toBe(SCOPES.length);
  });

  it("are distinguished from other texts", () =>
    expect([isScope("org:ci"), isScope("org:nope"), isScope("toString")]).toEqual([true, false, false]));

  it("let organization tokens write releases, but not delete them", () => {
    expect(REL_WRITE).toContain("org:ci");
    expect(REL_DELETE).not.toContain("org:ci");
  });
});

it("recognizes only names of roles", () => {
  expect([...ROLES, "OWNER", "", "toString"].map(isRole)).toEqual([true, true, true, true, false, false, false]);
});
