import { expect, test } from "vitest";
import { briefRelease, briefUser } from "./briefs.ts";

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

test("a user is described with their id", () => {
  expect(briefUser({ id: 7, name: "Wim", email: "wim@acme.test" })).toEqual({
    name: "Wim",
    email: "wim@acme.test",
    userId: "7",
    isBot: false,
  });
});
