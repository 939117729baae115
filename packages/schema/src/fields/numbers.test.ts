import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { issuesOf } from "./issues-of.ts";
import { ByteSize, integer } from "./numbers.ts";

describe("integer", () => {
  it.each([
    [0, 0],
    [12, 12],
    [-5, -5],
    [7n, 7],
    ["12", 12],
    [" 12 ", 12],
    ["+5", 5],
    ["00012", 12],
    ["12.0", 12],
    ["12.", 12],
  ])("reads %o as %i", (value, read) => {
    expect(integer({ min: -5, max: 100 }).parse(value)).toBe(read);
  });

  it.each([
    "",
    "a",
    "0x1",
    "1e2",
    "12.5",
    12.5,
    "1_0",
    "--1",
    "10 1",
    ".0",
    "1".repeat(1001),
    true,
    [],
    {},
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])("refuses %j", (value) => {
    expect(issuesOf(integer(), value)).toEqual({ "": ["A valid integer is required."] });
  });

  it("reports the bound that was exceeded", () => {
    const small = integer({ min: 1, max: 100 });
    expect(issuesOf(small, 0)).toEqual({ "": ["Ensure this value is greater than or equal to 1."] });
    expect(issuesOf(small, "101")).toEqual({ "": ["Ensure this value is less than or equal to 100."] });
    expect(issuesOf(integer(), "9".repeat(40))).toEqual({ "": ["Ensure this value is less than or equal to 9007199254740991."] });
    expect(issuesOf(integer(), -(2n ** 60n))).toEqual({ "": ["Ensure this value is greater than or equal to -9007199254740991."] });
  });

  it("reports missing and null", () => {
    expect(issuesOf(integer(), undefined)).toEqual({ "": ["This field is required."] });
    expect(issuesOf(integer(), null)).toEqual({ "": ["This field may not be null."] });
  });

  it("never throws, and accepts only safe integers within the bounds", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.integer(), fc.integer().map(String)), (value) => {
        const result = integer({ min: -1000 }).safeParse(value);
        expect(!result.success || (Number.isSafeInteger(result.data) && result.data >= -1000)).toBe(true);
      }),
    );
  });
});

test.each([
  ["0", 0],
  ["4096", 4096],
  ["1.5 GiB", 1.5 * 1024 ** 3],
  ["500MiB", 500 * 1024 ** 2],
  [" 2TiB ", 2 * 1024 ** 4],
])("reads %j in bytes", (text, bytes) => {
  expect(ByteSize.parse(text)).toBe(bytes);
});

test.each(["", "GiB", "5GB", "-1", "1e9", "99999999TiB", "1,5GiB"])("rejects %j", (text) => {
  expect(ByteSize.safeParse(text).success).toBe(false);
});
