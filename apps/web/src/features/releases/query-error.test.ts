import { parseReleaseQuery } from "@landfall/domain/query/parse-release-query";
import { expect, test } from "vitest";
import { queryAdvice } from "./query-error.tsx";

const NOW = new Date("2026-05-01T00:00:00Z");

/** What the server says to a search that is not of the language. */
function refusal(query: string): string {
  try {
    parseReleaseQuery(query, NOW);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error(`${query} was not refused`);
}

test.each([
  ["environment:production", "release.version:>=1.2", /filters below the box/],
  ["version:1", "release.version:>=1.2", /Keys are release, release\.version/],
  ["created:-7d", "release.created:-7d", /Keys are/],
  ["colour:red", "release.version:>=1.2", /Keys are/],
  ["a OR b", "release:[web@1.0.0,web@1.1.0]", /one of several/],
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
])("%s is met with what is right", (query, first, say) => {
  const advice = queryAdvice(refusal(query));
  expect(advice.examples[0]).toBe(first);
  if (say === null) expect(advice.say).toBeNull();
  else expect(advice.say).toMatch(say);
  for (const example of advice.examples) expect(() => parseReleaseQuery(example, NOW)).not.toThrow();
});

test("a stage without one environment is met with the stage's example", () => {
  expect(queryAdvice("Choose a single environment to filter by release stage.").examples).toEqual(["release.stage:adopted"]);
});
