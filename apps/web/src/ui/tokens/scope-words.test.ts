import { SCOPES } from "@landfall/schema/scope";
import { expect, test } from "vitest";
import { describeScopes, supportedScopes } from "./scope-words.ts";

test.each([
  [["org:ci"], "create releases and deploys"],
  [["project:releases", "project:read", "org:read"], "create, change and delete releases; see the organization; see projects and releases"],
  [["project:read", "project:write"], "change projects, create and change releases"],
  [["org:admin", "org:read", "org:write", "org:integrations"], "do everything in the organization"],
  [[...SCOPES], "everything its owner may do"],
  [supportedScopes, "everything its owner may do"],
  [["event:admin", "alerts:write"], "nothing here"],
  [["event:admin", "org:read"], "see the organization"],
  [["later:scope"], "nothing here"],
  [[], "nothing here"],
])("%j: %s", (scopes, words) => {
  expect(describeScopes(scopes)).toBe(words);
});

test("every scope alone has words of its own", () => {
  const words = supportedScopes.map((scope) => describeScopes([scope]));
  expect(new Set(words).size).toBe(supportedScopes.length);
});
