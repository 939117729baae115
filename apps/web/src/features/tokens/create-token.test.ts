import { expect, test } from "vitest";
import { SCOPE_SETS, scopesOfSet } from "./create-token.tsx";
import { supportedScopes } from "./format.ts";

test("returns only offered scopes", () => {
  for (const { name } of SCOPE_SETS) {
    expect(scopesOfSet(name, supportedScopes).length).toBeGreaterThan(0);
    expect(scopesOfSet(name, ["org:read"])).toEqual(["org:read"]);
  }
  expect(scopesOfSet("all", supportedScopes)).toEqual(supportedScopes);
  expect(scopesOfSet("releases", supportedScopes)).toEqual(["org:read", "project:read", "project:releases"]);
});

test("returns no scopes for an unknown set", () => {
  expect(scopesOfSet("custom", supportedScopes)).toEqual([]);
});
