import { parseReleaseQuery } from "@landfall/domain/query/parse-release-query";
import { isQueryError } from "@landfall/domain/query/release-query";
import { expect, test } from "vitest";
import { queryAdvice, type QueryProblem } from "./query-error.tsx";

const NOW = new Date("2026-05-01T00:00:00Z");

/** What is wrong with an invalid query. */
function problemOf(query: string): QueryProblem {
  try {
    parseReleaseQuery(query, NOW);
  } catch (error) {
    if (isQueryError(error)) return error;
  }
  throw new Error(`${query} is valid`);
}

test.each([
  ["environment:production", "release.version:>=1.2", /filters below the search field/],
  ["version:1", "release.version:>=1.2", /Valid keys are release, release\.version/],
  ["created:-7d", "release.created:-7d", /Valid keys are/],
  ["colour:red", "release.version:>=1.2", /Valid keys are/],
  ["a OR b", "release:[web@1.0.0,web@1.1.0]", /one of several values/],
  ["finalized:", "finalized:true", null],
  ["release:[a,", "release:web@2.*", null],
  ["release:[a,,b]", "release:[web@1.0.0,web@1.1.0]", null],
  ['release:"a', 'release:"my app@1.0.0"', null],
  ["release.version:abc", "release.version:>=1.2", null],
  ["release.version:[1,2]", "release.version:>=1.2", null],
  ["release.build:[1,2]", "release.build:>=1000", null],
  ["release.stage:x", "release.stage:adopted", null],
  ["release.created:soon", "release.created:-7d", null],
  ["x".repeat(5000), "release.version:>=1.2", null],
])("advises on %s with valid examples", (query, example, hint) => {
  const advice = queryAdvice(problemOf(query));
  expect(advice.examples[0]).toBe(example);
  if (hint === null) expect(advice.hint).toBeNull();
  else expect(advice.hint).toMatch(hint);
  for (const example of advice.examples) expect(() => parseReleaseQuery(example, NOW)).not.toThrow();
});

test("advises on the value of a stage", () => {
  expect(queryAdvice({ reason: "value", key: "release.stage" }).examples).toEqual(["release.stage:adopted"]);
});
