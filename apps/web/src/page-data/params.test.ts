import { expect, test } from "vitest";
import { enumParam, textParam, textParams } from "./params.ts";

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

test("a choice is one of its words", () => {
  expect(enumParam({ sort: "b" }, "sort", ["a", "b"])).toBe("b");
  expect(enumParam({ sort: "z" }, "sort", ["a", "b"])).toBe("a");
  expect(enumParam({}, "sort", ["a", "b"])).toBe("a");
});
