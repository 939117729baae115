import { expect, test } from "vitest";
import { commitOf, comparisonOf, sideOf } from "./comparison.fixture.ts";
import { summaryText } from "./summary-text.ts";

const some = (total: number) => ({ total, items: [commitOf("a", "A")] });
const none = { total: 0, items: [] };
const both = { onlyHead: none, onlyBase: none, both: some(3) };
const apart = { onlyHead: some(2), onlyBase: some(1), both: none };
const far = { project: { id: "1", slug: "web", name: "Web" }, newer: "head", releases: 3, commits: 9, isCapped: false } as const;
const between = { releases: none, commits: some(8) };

test.each<[string, Parameters<typeof comparisonOf>[0], string[]]>([
  ["one release", { head: sideOf("web@1") }, ["Both are the same release."]],
  [
    "the head is newer",
    { distance: far, between, commits: apart },
    ["web@2 is the newer one: 3 releases and 8 commits after web@1 in web."],
  ],
  [
    "the base is newer",
    { distance: { ...far, newer: "base", releases: 1 }, between, commits: apart },
    ["web@1 is the newer one: 1 release and 8 commits after web@2 in web."],
  ],
  [
    "too far to count",
    { distance: { ...far, releases: 1000, commits: 5000, isCapped: true }, between, commits: apart },
    ["web@2 is the newer one: more than 1,000 releases and more than 5,000 commits after web@1 in web."],
  ],
  [
    "no project in common",
    { distance: null, between: null, commits: apart },
    ["They share no project that you may see, so that neither is before the other."],
  ],
])("%s", (_name, more, said) => {
  expect(summaryText(comparisonOf(more))).toEqual(said);
});

test("the same commits are said to be the same, and missing ones to be missing", () => {
  const last = (more: Parameters<typeof comparisonOf>[0]) => summaryText(comparisonOf(more)).at(-1);
  expect(last({ sameCommits: true, commits: both })).toBe("Both were reported with the same 3 commits.");
  expect(last({})).toBe("Neither was reported with commits.");
  expect(last({ commits: { ...apart, onlyBase: none } })).toBe("web@1 was reported without commits.");
  expect(last({ commits: { ...apart, onlyHead: none } })).toBe("web@2 was reported without commits.");
});
