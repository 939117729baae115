import { describe, expect, test } from "vitest";
import { commitList } from "./commits.ts";

const files = (count: number) => Array.from({ length: count }, (_, n) => ({ path: `src/${n}.ts`, type: "M" }));

const commits = (count: number, filesOfEach = 0) =>
  Array.from({ length: count }, (_, n) => ({ id: `c${n}`, patch_set: files(filesOfEach) }));

const problems = (list: unknown) =>
  commitList()
    .safeParse(list)
    .error?.issues.map(({ path, message }) => [path.join("."), message]) ?? [];

describe("the commits of one request", () => {
  test.each([
    ["10,000 commits", commits(10_000)],
    ["10,000 commits with 100,000 files", commits(10_000, 10)],
    ["a commit with every file of a repository, as sentry-cli sends for a shallow clone", commits(1, 100_000)],
  ])("accept %s", (_, list) => {
    expect(problems(list)).toEqual([]);
  });

  test.each([
    ["10,001 commits", commits(10_001), "", "Ensure this field has no more than 10000 elements."],
    ["a commit with 100,001 files", commits(1, 100_001), "0.patch_set", "Ensure this field has no more than 100000 elements."],
    [
      "100,002 files in two commits",
      commits(2, 50_001),
      "patch_set",
      "Ensure this field has no more than 100000 elements in all commits together.",
    ],
  ])("reject %s", (_, list, path, message) => {
    expect(problems(list)).toEqual([[path, message]]);
  });
});
