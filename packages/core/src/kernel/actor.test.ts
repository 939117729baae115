import { expect, test } from "vitest";
import { type Actor, actorLabel } from "./actor.ts";

const scopes = new Set(["org:ci"] as const);

test.each<[Actor, string]>([
  [{ kind: "user", userId: 3, tokenId: 9, scopes }, "user:3"],
  [{ kind: "user", userId: 3, tokenId: null, scopes }, "user:3"],
  [{ kind: "organization", organizationId: 3, tokenId: 12, scopes }, "token:12"],
  [{ kind: "hook", organizationId: 3, projectId: 5, scopes }, "hook:5"],
  [{ kind: "system", scopes }, "system"],
])("the audit log names %o as %s", (actor, label) => {
  expect(actorLabel(actor)).toBe(label);
});
