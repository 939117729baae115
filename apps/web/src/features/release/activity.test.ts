import { expect, test } from "vitest";
import { describeAction, describeWithoutActor, fieldLabel, formatValue } from "./activity.tsx";

test.each([
  ["finalized", "release.update", "finalized it"],
  ["deployed", null, "deployed it"],
  ["other", "release.set_commits", "set its commits"],
  ["other", "release.launch", 'did "release.launch" with it'],
  ["other", null, "did something with it"],
] as const)("%s by %s: somebody %s", (kind, action, words) => {
  expect(describeAction({ kind, action })).toBe(words);
});

test.each([
  ["finalized", "release.update", "Finalized"],
  ["deployed", null, "Deployed"],
  ["other", "release.set_commits", "Somebody set its commits"],
] as const)("%s by %s, by nobody known: %s", (kind, action, words) => {
  expect(describeWithoutActor({ kind, action })).toBe(words);
});

test.each([
  [null, "nothing"],
  ["", "nothing"],
  [undefined, "nothing"],
  ["2026-01-31T12:34:56.789Z", "2026-01-31 12:34:56 UTC"],
  ["2026-01-31T12:34:56Z", "2026-01-31 12:34:56 UTC"],
  ["main", "main"],
  [3, "3"],
  [true, "true"],
  [{ a: 1 }, '{"a":1}'],
])("the value %j is told as %s", (value, words) => {
  expect(formatValue(value)).toBe(words);
});

test("fields are called as on pages; one of a newer version by its name", () => {
  expect(["dateReleased", "colour"].map(fieldLabel)).toEqual(["Released", "colour"]);
});
