import { expect, test } from "vitest";
import { describeInterpretation, describeSearchedCommits } from "./search-scope.ts";

test("describes how a query was interpreted", () => {
  expect(describeInterpretation([])).toBe("");
  expect(describeInterpretation(["reference"])).toBe("Searched as a pull request or ticket number.");
  expect(describeInterpretation(["version", "sha", "text"])).toBe(
    "Searched as a version, a commit hash prefix, or text in messages, authors, and paths.",
  );
});

test.each([
  [{ commits: 0, backTo: null, isComplete: true }, "No more commits to search."],
  [{ commits: 0, backTo: null, isComplete: false }, "Messages, authors, and paths were not searched: the page is full."],
  [
    { commits: 1, backTo: "2026-03-02T23:30:00.000Z", isComplete: true },
    "Searched 1 commit, back to Mar 2, 2026. There are no older commits.",
  ],
  [{ commits: 50_000, backTo: null, isComplete: true }, "Searched 50,000 commits. There are no older commits."],
  [
    { commits: 50_000, backTo: "2026-03-02T00:00:00.000Z", isComplete: false },
    "Searched 50,000 commits, back to Mar 2, 2026. Older commits were not searched.",
  ],
])("describes %j", (searched, expected) => {
  expect(describeSearchedCommits(searched)).toBe(expected);
});
