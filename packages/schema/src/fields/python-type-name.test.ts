import { describe, expect, it } from "vitest";
import { pythonTypeName } from "./python-type-name.ts";

describe("pythonTypeName", () => {
  it.each([
    [{}, "dict"],
    [[], "list"],
    ["", "str"],
    [1, "int"],
    [-1n, "int"],
    [1.5, "float"],
    [Number.POSITIVE_INFINITY, "float"],
    [true, "bool"],
    [null, "NoneType"],
    [undefined, "NoneType"],
    [() => 1, "function"],
    [Object.create(null), "dict"],
  ])("names the type of %o %s", (value, name) => {
    expect(pythonTypeName(value)).toBe(name);
  });
});
