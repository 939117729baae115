import { expect, test } from "vitest";
import { parseReference } from "./parse-reference.ts";

test.each([
  ["acme/web@4f2c9a1", { repository: "acme/web", commit: "4f2c9a1" }],
  ["acme/web@1b2c3d4..4f2c9a1", { repository: "acme/web", previousCommit: "1b2c3d4", commit: "4f2c9a1" }],
  ["git@host:acme/web@abc", { repository: "git@host:acme/web", commit: "abc" }],
  ["My Repo@abc", { repository: "My Repo", commit: "abc" }],
])("%s", (text, expected) => {
  expect(parseReference(text)).toEqual(expected);
});

test.each(["", "acme/web", "@abc", "acme/web@", "acme/web@..abc", "acme/web@a..", "acme/web@a..b..c"])("refuses %j", (text) => {
  expect(() => parseReference(text)).toThrow(expect.objectContaining({ exit: "usage", hint: expect.stringContaining("acme/web@") }));
});
