import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { list } from "./list.ts";
import { projectReference } from "./project-reference.ts";

describe("projectReference", () => {
  it.each([
    ["pump-station", "pump-station"],
    ["12", "12"],
    ["", ""],
    [" x ", " x "],
    [12, 12],
    [null, null],
    [undefined, null],
    [{}, null],
    [["a"], null],
    [true, null],
    [1.5, null],
    [2 ** 53, null],
    ["a\u0000b", null],
    ["\ud800", null],
  ])("reads %j as %j", (value, reference) => {
    expect(projectReference().parse(value)).toBe(reference);
  });

  it("lets a list hold impossible references, for the caller to refuse as one", () => {
    expect(list(projectReference()).parse(["a", null, {}, 3])).toEqual(["a", null, null, 3]);
  });

  it("accepts anything at all", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(["string", "number", "object"]).toContain(typeof projectReference().parse(value));
      }),
    );
  });
});
