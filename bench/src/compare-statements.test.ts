import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareStatements } from "./compare-statements.ts";

describe("compareStatements", () => {
  it.each([
    ["the same in the same order", ["a", "b"], ["a", "b"]],
    ["the same in another order", ["a", "b", "a"], ["a", "a", "b"]],
    ["transactions of their own", ["begin immediate", "savepoint unit", "a", "release unit", "commit"], ["BEGIN", "a", "COMMIT"]],
    ["nothing at all", [], []],
  ])("finds no difference in %s", (_, landfall, baseline) => {
    expect(compareStatements(landfall, baseline)).toBeNull();
  });

  it.each([
    ["one more", ["a", "b"], ["a"], ["b"], []],
    ["one less", ["a"], ["a", "b"], [], ["b"]],
    ["one more often", ["a", "a"], ["a"], ["a"], []],
    ["another text", ["select 1"], ["select 2"], ["select 1"], ["select 2"]],
    ["a table called like a keyword's beginning", ["committed"], [], ["committed"], []],
  ])("tells of %s", (_, landfall, baseline, onlyLandfall, onlyBaseline) => {
    expect(compareStatements(landfall, baseline)).toEqual({ onlyLandfall, onlyBaseline });
  });

  it("says the same of both sides when they are swapped", () => {
    const statements = fc.array(fc.constantFrom("a", "b", "c", "commit"), { maxLength: 8 });
    fc.assert(
      fc.property(statements, statements, (one, other) => {
        const there = compareStatements(one, other);
        const back = compareStatements(other, one);
        expect(there && { onlyLandfall: there.onlyBaseline, onlyBaseline: there.onlyLandfall }).toEqual(back);
      }),
    );
  });
});
