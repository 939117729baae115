import { describe, expect, test } from "vitest";
import { expectedCommits, expectedEmails, expectedFiles } from "./expected-commits.ts";
import type { PlannedCommit } from "./scratch-repository.ts";

const ADA = { name: "Ada", email: "Ada@Example.test" };
const BOB = { name: "Bob", email: "bob@example.test" };
const PLAN: readonly PlannedCommit[] = [
  { author: ADA, date: "2026-05-04T09:00:00+02:00", message: "one\n", write: { a: "1", b: "1" } },
  { author: BOB, date: "2026-05-05T09:00:00Z", message: "two\n\nmore\n", write: { a: "2" }, move: [["b", "c"]] },
  { author: ADA, date: "2026-05-06T09:00:00Z", message: "three\n", write: { b: "3" }, remove: ["a"] },
];

describe("expected data of a plan", () => {
  test("commits, newest first, with trimmed texts and times in UTC", () => {
    expect(expectedCommits(PLAN.slice(0, 2), ["s1", "s2"], "acme/web")).toEqual([
      { id: "s2", message: "two\n\nmore", name: "Bob", email: "bob@example.test", time: Date.UTC(2026, 4, 5, 9), repository: "acme/web" },
      { id: "s1", message: "one", name: "Ada", email: "ada@example.test", time: Date.UTC(2026, 4, 4, 7), repository: "acme/web" },
    ]);
  });

  test("throws for a different number of hashes", () => {
    expect(() => expectedCommits(PLAN, ["s1"])).toThrow("3 planned commits do not match 1 shas");
  });

  test("files: added once, then modified; a move is a deletion and an addition; deleted files are added again", () => {
    expect(expectedFiles(PLAN).map(({ filename, type, email }) => `${filename} ${type} ${email}`)).toEqual([
      "a A ada@example.test",
      "a D ada@example.test",
      "a M bob@example.test",
      "b A ada@example.test",
      "b A ada@example.test",
      "b D bob@example.test",
      "c A bob@example.test",
    ]);
  });

  test("authors, each once", () => {
    expect(expectedEmails(PLAN)).toEqual(["ada@example.test", "bob@example.test"]);
  });
});
