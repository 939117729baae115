import { expect, test } from "vitest";
import { describeInterpretation, describeSearchedCommits } from "./search-scope.ts";

test("how a question was understood", () => {
  expect(describeInterpretation([])).toBe("");
  expect(describeInterpretation(["reference"])).toBe("Understood as the number of a request or ticket.");
  expect(describeInterpretation(["version", "sha", "text"])).toBe(
    "Understood as a version, the beginning of a commit's hash, or words of messages, authors and paths.",
  );
});

test.each([
  [{ commits: 0, backTo: null, isComplete: true }, "There are no more commits to search."],
  [{ commits: 0, backTo: null, isComplete: false }, "The page is full without a search of messages, authors and paths."],
  [{ commits: 1, backTo: "2026-03-02T23:30:00.000Z", isComplete: true }, "Searched one commit, back to 2 Mar 2026: all there are."],
  [{ commits: 50_000, backTo: null, isComplete: true }, "Searched up to 50,000 commits: all there are."],
  [
    { commits: 50_000, backTo: "2026-03-02T00:00:00.000Z", isComplete: false },
    "Searched up to 50,000 commits, back to 2 Mar 2026; older ones not yet.",
  ],
])("%j", (searched, words) => {
  expect(describeSearchedCommits(searched)).toBe(words);
});
