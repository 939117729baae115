import { expect, test } from "vitest";
import { describeAction, describeWithoutActor, fieldLabel } from "./activity.tsx";

test.each([
  ["finalized", "release.update", "finalized the release"],
  ["deployed", null, "deployed the release"],
  ["other", "release.set_commits", "set its commits"],
  ["other", "release.launch", 'performed "release.launch"'],
  ["other", null, "changed the release"],
] as const)("describes %s with action %s as %s", (kind, action, expected) => {
  expect(describeAction({ kind, action })).toBe(expected);
});

test.each([
  ["finalized", "release.update", "Finalized the release"],
  ["deployed", null, "Deployed the release"],
  ["other", "release.set_commits", "Set its commits"],
] as const)("describes %s with action %s and no actor as %s", (kind, action, expected) => {
  expect(describeWithoutActor({ kind, action })).toBe(expected);
});

test("labels known fields; an unknown field keeps its name", () => {
  expect(["dateReleased", "colour"].map(fieldLabel)).toEqual(["Released", "colour"]);
});
