import { expect, test } from "vitest";
import { SCOPE_SETS, scopesOfSet } from "./create-token.tsx";
import { supportedScopes } from "./format.ts";

test("every set gives some of what is offered, and only that", () => {
  for (const { name } of SCOPE_SETS) {
    expect(scopesOfSet(name, supportedScopes).length).toBeGreaterThan(0);
    expect(scopesOfSet(name, ["org:read"])).toEqual(["org:read"]);
  }
  expect(scopesOfSet("all", supportedScopes)).toEqual(supportedScopes);
  expect(scopesOfSet("releases", supportedScopes)).toEqual(["org:read", "project:read", "project:releases"]);
});

test("what is no set gives nothing", () => {
  expect(scopesOfSet("own", supportedScopes)).toEqual([]);
});
