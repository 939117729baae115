import { expect, test } from "vitest";
import { briefRelease } from "./brief-release.ts";

const row = { isArchived: false, dateCreated: new Date("2026-01-01T00:00:00Z"), dateReleased: null, commitCount: 2, deployCount: 3 };

test.each([
  ["web@1.2.3", "web", "1.2.3"],
  ["web@1.2.3+45", "web", "1.2.3 (45)"],
  ["anything", null, "anything"],
])("%s is shown with its package and short form", (version, name, description) => {
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

test("says when it was released and that it is archived", () => {
  const dateReleased = new Date("2026-02-01T00:00:00.500Z");
  expect(briefRelease({ ...row, version: "1", isArchived: true, dateReleased })).toMatchObject({
    status: "archived",
    dateReleased: "2026-02-01T00:00:00.500Z",
  });
});
