import { describe, expect, test } from "vitest";
import { headCommitsOf } from "./heads-of.ts";

const ref = { repository: "a", commit: "1", previousCommit: "0" };
const head = { repository: "b", currentId: "2", previousId: "1" };

describe("the heads a request names (contract 3.1)", () => {
  test.each([
    ["the refs", { refs: [ref] }, [ref]],
    ["the refs and not the older form", { refs: [ref], headCommits: [head] }, [ref]],
    ["the older form, as refs", { headCommits: [head] }, [{ repository: "b", commit: "2", previousCommit: "1" }]],
    ["the older form when refs are empty", { refs: [], headCommits: [head] }, [{ repository: "b", commit: "2", previousCommit: "1" }]],
    [
      "with nothing before when it says nothing",
      { headCommits: [{ repository: "b", currentId: "2" }] },
      [{ repository: "b", commit: "2", previousCommit: null }],
    ],
    [
      "with nothing before when it says null",
      { headCommits: [{ ...head, previousId: null }] },
      [{ repository: "b", commit: "2", previousCommit: null }],
    ],
    ["none", {}, []],
    ["none for empty lists", { refs: [], headCommits: [] }, []],
  ])("%s", (_, input, heads) => {
    expect(headCommitsOf(input)).toEqual(heads);
  });
});
