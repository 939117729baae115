import fc from "fast-check";
import { expect, test } from "vitest";
import { dayParam, decodePathSegment, enumParam, textParam, textParams } from "./search-params.ts";

const PARAMS = { one: "a", two: ["b", "c"], none: "", absent: undefined, holes: ["", "d"] };

test.each([
  ["one", "a", ["a"]],
  ["two", "b", ["b", "c"]],
  ["none", null, []],
  ["absent", null, []],
  ["unknown", null, []],
  ["holes", null, ["d"]],
])("%s", (name, text, texts) => {
  expect(textParam(PARAMS, name)).toBe(text);
  expect(textParams(PARAMS, name)).toEqual(texts);
});

test.each([
  ["2028-02-29", "2028-02-29T00:00:00.000Z"],
  ["1970-01-01", "1970-01-01T00:00:00.000Z"],
  ["9000-12-31", "9000-12-31T00:00:00.000Z"],
  ["1969-12-31", undefined],
  ["9001-01-01", undefined],
  ["2026-02-30", undefined],
  ["2026-13-01", undefined],
  ["2026-1-1", undefined],
  ["2026-01-01T00:00", undefined],
  ["yesterday", undefined],
  ["", undefined],
])("the day %j starts at %j", (from, start) => {
  expect(dayParam({ from }, "from")?.start.toISOString()).toBe(start);
});

test("returns one of the choices", () => {
  expect(enumParam({ sort: "b" }, "sort", ["a", "b"])).toBe("b");
  expect(enumParam({ sort: "z" }, "sort", ["a", "b"])).toBe("a");
  expect(enumParam({}, "sort", ["a", "b"])).toBe("a");
});

test.each([
  ["web%401.0%2B2", "web@1.0+2"],
  ["100%25", "100%"],
  ["100%", "100%"],
  ["%FF", "%FF"],
])("decodes %s as %s", (part, text) => {
  expect(decodePathSegment(part)).toBe(text);
});

test("decodes any escaped text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const wellFormed = text.toWellFormed();
      expect(decodePathSegment(encodeURIComponent(wellFormed))).toBe(wellFormed);
    }),
  );
});
