import { expect, test } from "vitest";
import { matchEnvironments } from "./side-autocomplete.tsx";

const PROJECTS = [
  { slug: "web", environments: ["staging", "production"] },
  { slug: "api", environments: ["production", "EU West"] },
  { slug: "idle", environments: [] },
];

test.each([
  ["", ["env:staging@web", "env:production@web", "env:production@api", "env:EU West@api"]],
  ["prod", ["env:production@web", "env:production@api"]],
  ["web prod", ["env:production@web"]],
  ["Production of web", ["env:production@web"]],
  ["env:production@a", ["env:production@api"]],
  ["eu west", ["env:EU West@api"]],
  ["idle", []],
  ["web@1.2.3", []],
])("matches %j to %j", (text, environments) => {
  expect(matchEnvironments(PROJECTS, text)).toEqual(environments);
});

test("returns at most eight", () => {
  const environments = Array.from({ length: 30 }, (_, index) => `e${index}`);
  expect(matchEnvironments([{ slug: "web", environments }], "e")).toHaveLength(8);
});
