import { describe, expect, test } from "vitest";
import { briefRelease, briefUser, subjectOf } from "./briefs.ts";

const row = { isArchived: false, dateCreated: new Date("2026-01-01T00:00:00Z"), dateReleased: null, commitCount: 2, deployCount: 3 };

test.each([
  ["web@1.2.3", "web", "1.2.3"],
  ["web@1.2.3+45", "web", "1.2.3 (45)"],
  ["anything", null, "anything"],
])("%s is described with its package and short version", (version, name, description) => {
  expect(briefRelease({ ...row, version })).toEqual({
    version,
    description,
    package: name,
    status: "open",
    dateCreated: "2026-01-01T00:00:00Z",
    dateReleased: null,
    commitCount: 2,
    deployCount: 3,
  });
});

test("a release is described with its release date and its status", () => {
  const dateReleased = new Date("2026-02-01T00:00:00.500Z");
  expect(briefRelease({ ...row, version: "1", isArchived: true, dateReleased })).toMatchObject({
    status: "archived",
    dateReleased: "2026-02-01T00:00:00.500Z",
  });
});

describe("the subject of a commit", () => {
  test.each([
    [null, ""],
    ["", ""],
    [" \n ", ""],
    ["Fix it", "Fix it"],
    ["\n\n  Fix it  \n\nBecause.", "Fix it"],
    ["Fix it\r\nBecause.", "Fix it"],
    ["a".repeat(200), "a".repeat(200)],
    ["a".repeat(201), `${"a".repeat(199)}…`],
    [`${"a".repeat(200)}   `, "a".repeat(200)],
    ["😀".repeat(200), "😀".repeat(200)],
    ["😀".repeat(201), `${"😀".repeat(199)}…`],
    ["😀".repeat(5000), `${"😀".repeat(199)}…`],
    [`a${"😀".repeat(5000)}`, `a${"😀".repeat(198)}…`],
  ])("%# is the first line, cut to 200 characters", (message, subject) => expect(subjectOf(message)).toBe(subject));
});

test("a user is described with their id", () => {
  expect(briefUser({ id: 7, name: "Wim", email: "wim@acme.test" })).toEqual({
    name: "Wim",
    email: "wim@acme.test",
    userId: "7",
    isBot: false,
  });
});
