import { expect, test } from "vitest";
import { describeMerge } from "./merge-repository.tsx";

const MERGE = {
  from: "origin",
  into: "acme/web",
  commits: { count: 3, isCapped: false },
  sharedCommits: 0,
  releases: 2,
  sharedReleases: 0,
};

test.each([
  [{}, ["3 commits of 2 releases move from origin to acme/web.", "No commit is in both."]],
  [
    { commits: { count: 20_000, isCapped: true }, sharedCommits: 1, sharedReleases: 1 },
    [
      "20,000 commits or more of 2 releases move from origin to acme/web.",
      "1 commit or more with the same hash is in both: acme/web keeps its message, author, and files.",
      "1 release has head commits in both: it keeps the one in acme/web.",
    ],
  ],
  [
    { sharedCommits: 2, sharedReleases: 2 },
    [
      "3 commits of 2 releases move from origin to acme/web.",
      "2 commits with the same hash are in both: acme/web keeps its message, author, and files.",
      "2 releases have head commits in both: they keep the ones in acme/web.",
    ],
  ],
])("describeMerge(%j)", (change, lines) => {
  expect(describeMerge({ ...MERGE, ...change })).toEqual([...lines, "origin is removed from the list."]);
});
