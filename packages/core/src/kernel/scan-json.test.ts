import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scanJson } from "./scan-json.ts";

const scan = (text: string, elements = 1000) => scanJson(new TextEncoder().encode(text), { elements });

describe("a JSON text is within its limits", () => {
  test.each([
    ["nesting", "[".repeat(100) + "]".repeat(100)],
    ["brackets and quotes in texts", JSON.stringify(["[".repeat(5000), '"{\\', "\\\\", '\\"'.repeat(99)])],
    ["a number of 100 digits", `[${"1".repeat(100)}]`],
    ["digits in texts", `["${"1".repeat(5000)}"]`],
    ["1,000 elements", `[${"1,".repeat(999)}1]`],
    ["lists next to each other", `[${"[1],".repeat(400)}1]`],
    ["many members", `{${'"a":1,'.repeat(7000)}"b":2}`],
  ])("%s", (_, text) => {
    expect(scan(text).problem).toBeNull();
  });

  test("whatever strings it contains", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom(...'[]{},:\\"0aé\u{1f680}') }), { maxLength: 20 }), (texts) => {
        const { problem, values } = scan(JSON.stringify(texts));
        expect([problem, values]).toEqual([null, Math.max(texts.length, 1)]);
      }),
    );
  });
});

describe("a JSON text exceeds a limit", () => {
  test.each([
    ["Nested too deeply: at most 100 levels are read", "[".repeat(101)],
    ["Nested too deeply: at most 100 levels are read", '{"a":'.repeat(101)],
    ["A number has more than 100 digits", "1".repeat(101)],
    ["A number has more than 100 digits", `[1.${"1".repeat(101)}]`],
    ["More than 1000 elements in all lists together", `[${"1,".repeat(1000)}1]`],
    ["More than 1000 elements in all lists together", `[${"[1,1],".repeat(500)}1]`],
    ["More than 8000 elements and members together", `{${'"a":1,'.repeat(8001)}"b":2}`],
  ])("%s: %#", (problem, text) => {
    expect(scan(text).problem).toBe(problem);
  });
});

test.each([
  [false, "[123456789012345]"],
  [false, '["12345678901234567890"]'],
  [true, "[1234567890123456]"],
  [true, "[0.1234567890123456]"],
])("has a long number: %s for %s", (hasLongNumber, text) => {
  expect(scan(text)).toMatchObject({ hasLongNumber, problem: null });
});
