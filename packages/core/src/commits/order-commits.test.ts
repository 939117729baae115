import type { CommitInput } from "@landfall/schema/inputs/commit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { orderCommits } from "./order-commits.ts";

const at = (id: string, timestamp?: string | null): CommitInput => ({
  id,
  ...(timestamp == null ? { timestamp } : { timestamp: new Date(timestamp) }),
});
const ids = (commits: readonly CommitInput[]) => orderCommits(commits).map(({ id }) => id);

describe("commits are stored", () => {
  test.each([
    ["as sent without timestamps", [at("a"), at("b"), at("c")], ["a", "b", "c"]],
    ["newest first", [at("old", "2018-01-01"), at("new", "2018-01-03"), at("mid", "2018-01-02")], ["new", "mid", "old"]],
    ["as sent at the same moment", [at("a", "2018-01-01"), at("b", "2018-01-01"), at("c", "2018-01-01")], ["a", "b", "c"]],
    [
      "those without a timestamp last, as the oldest",
      [at("none"), at("old", "0001-01-01"), at("null", null), at("new", "9999-12-31")],
      ["new", "old", "none", "null"],
    ],
    ["not at all when there are none", [], []],
  ])("%s (contract 14.1, 19)", (_, commits, order) => {
    expect(ids(commits)).toEqual(order);
  });

  test.each([
    ["Fix it #skipsentry", false],
    ["#skipsentry", false],
    ["a#skipsentryb", false],
    ["#SkipSentry", true],
    ["#skip sentry", true],
    ["", true],
    [null, true],
    [undefined, true],
  ])("with the message %j: %s", (message, isKept) => {
    expect(ids([{ id: "a", message }])).toEqual(isKept ? ["a"] : []);
  });
});

test("the order is the one of an obvious sort, nothing is lost, and the list sent is left alone", () => {
  const commit = fc.record({
    id: fc.string(),
    timestamp: fc.option(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(5) }), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(commit), (commits) => {
      const sent = [...commits];
      const moments = [5, 4, 3, 2, 1, 0, undefined];
      expect(orderCommits(commits)).toEqual(
        moments.flatMap((moment) => commits.filter(({ timestamp }) => timestamp?.getTime() === moment)),
      );
      expect(commits).toEqual(sent);
    }),
  );
});
