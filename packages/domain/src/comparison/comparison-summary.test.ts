import type { ContentDifferenceView } from "@landfall/schema/releases/compare";
import { expect, test } from "vitest";
import { comparisonSummary, nameSides } from "./comparison-summary.ts";
import { comparisonOf, differenceOf, placedSide, sideOf } from "./comparison.fixture.ts";

const total = (count: number) => ({ total: count, items: [] });

const differenceWith = (
  [commits, people, files, releases]: readonly [number, number, number, number],
  more: Partial<ContentDifferenceView> = {},
) => differenceOf({ commits: total(commits), people: total(people), files: total(files), releases: total(releases), ...more });

const [production, staging] = [placedSide("web@1", "production"), placedSide("web@2", "staging")];
const seven = differenceWith([10, 3, 6, 7]);
const one = differenceWith([1, 1, 1, 1]);
const capped = differenceWith([20_000, 5, 6, 5000], { isCapped: true });
const line = { project: { id: "1", slug: "web", name: "Web" }, package: "web", lastCommon: sideOf("web@0.9").release };

test.each<[string, Parameters<typeof comparisonOf>[0], string[]]>([
  [
    "ahead",
    { base: production, head: staging, relation: "ahead", added: seven },
    ["New in staging: 10 commits, 3 people, 6 files in 7 releases.", "Nothing in production is missing from staging."],
  ],
  [
    "behind",
    { base: production, head: staging, relation: "behind", missing: seven },
    ["staging is behind production: 10 commits, 3 people, 6 files in 7 releases.", "Nothing in staging is missing from production."],
  ],
  ["the same release", { head: sideOf("web@1") }, ["Both are the same release."]],
  ["the same content", {}, ["web@1 and web@2 contain the same commits."]],
  [
    "parted",
    { relation: "parted", added: seven, missing: one, line },
    [
      "Their histories part after web@0.9.",
      "New in web@2: 10 commits, 3 people, 6 files in 7 releases.",
      "Missing from web@2, but in web@1: 1 commit, 1 person, 1 file in 1 release.",
    ],
  ],
  [
    "parted from the start",
    { relation: "parted", added: one, missing: one, line: { ...line, lastCommon: null } },
    [
      "They have no earlier release in common.",
      "New in web@2: 1 commit, 1 person, 1 file in 1 release.",
      "Missing from web@2, but in web@1: 1 commit, 1 person, 1 file in 1 release.",
    ],
  ],
  [
    "some releases without commits",
    { relation: "ahead", added: differenceWith([10, 3, 6, 7], { releasesWithoutCommits: 2 }) },
    [
      "New in web@2: 10 commits, 3 people, 6 files in 7 releases.",
      "2 of 7 releases have no commits.",
      "Nothing in web@1 is missing from web@2.",
    ],
  ],
  [
    "only releases without commits",
    { relation: "ahead", added: differenceWith([0, 0, 0, 7], { releasesWithoutCommits: 7 }) },
    ["New in web@2: 7 releases without commits.", "Nothing in web@1 is missing from web@2."],
  ],
  [
    "too much to count",
    { relation: "ahead", added: capped },
    [
      "New in web@2: at least 20,000 commits, 5 people, 6 files in 5,000 releases.",
      "There are too many releases, commits, or files to count all of them.",
      "Nothing was found in web@1 that is missing from web@2.",
    ],
  ],
  [
    "different packages",
    { head: sideOf("api@2"), relation: "unrelated", line: null, added: null, missing: null },
    [
      "web@1 and api@2 are releases of different packages, so their contents cannot be compared.",
      "Only the lists that were reported with each of them are shown.",
    ],
  ],
  [
    "no project in common",
    { head: sideOf("web@2", { projects: [] }), relation: "unrelated", line: null, added: null, missing: null },
    [
      "web@1 and web@2 have no project in common that you can access, so their contents cannot be compared.",
      "Only the lists that were reported with each of them are shown.",
    ],
  ],
])("summarizes: %s", (_name, more, expected) => {
  expect(comparisonSummary(comparisonOf(more))).toEqual(expected);
});

const shop = { id: "2", slug: "shop", name: "Shop" };
const inShop = (version: string, environment: string) => {
  const side = placedSide(version, environment);
  return { ...side, place: side.place && { ...side.place, project: shop } };
};

test.each([
  ["versions", sideOf("web@1"), sideOf("web@2"), { base: "web@1", head: "web@2" }],
  ["environments of one project", production, staging, { base: "production", head: "staging" }],
  ["a version and an environment", sideOf("web@1"), staging, { base: "web@1", head: "staging" }],
  ["one environment of two projects", production, inShop("web@2", "production"), { base: "production of web", head: "production of shop" }],
  ["two environments of two projects", production, inShop("web@2", "staging"), { base: "production of web", head: "staging of shop" }],
])("names %s", (_name, base, head, expected) => {
  expect(nameSides({ base, head })).toEqual(expected);
});
