import fc from "fast-check";
import { expect, test } from "vitest";
import { facts, shortDate, table } from "./format.ts";
import { PLAIN } from "./output.ts";

test("makes columns as wide as their widest cell", () => {
  const text = table(
    ["VERSION", "N"],
    [
      ["web@1.0.0", "1"],
      ["a", "12"],
    ],
    PLAIN,
    "none",
  );
  expect(text).toBe("VERSION    N\nweb@1.0.0  1\na          12");
});

test("returns a message without rows", () => {
  expect(table(["A"], [], PLAIN, "No releases.")).toBe("No releases.");
});

test("cuts a cell at a line break", () => {
  expect(table(["A", "B"], [["one\ntwo", "x\ty"]], PLAIN, "")).toBe("A    B\none  x y");
});

test("counts widths in code points", () => {
  expect(table(["A", "B"], [["🎉🎉", "x"]], PLAIN, "").split("\n")[1]).toBe("🎉🎉  x");
});

test("prints one line per row for any content", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1 }), (rows) => {
      expect(table(["A", "B"], rows, PLAIN, "").split("\n")).toHaveLength(rows.length + 1);
    }),
  );
});

test("prints headings in bold", () => {
  expect(table(["A"], [["x"]], { ...PLAIN, bold: (text) => `*${text}*` }, "")).toBe("*A*\nx");
});

test("omits facts that are null", () => {
  expect(
    facts(
      [
        ["version", "1"],
        ["ref", null],
        ["url", "u"],
      ],
      PLAIN,
    ),
  ).toBe("version:  1\nurl:      u");
  expect(facts([], PLAIN)).toBe("");
});

test.each([
  ["2026-01-31T12:34:56.789Z", "2026-01-31 12:34 UTC"],
  ["2026-01-31T12:34:56Z", "2026-01-31 12:34 UTC"],
  [null, "-"],
])("%s is %s", (instant, expected) => {
  expect(shortDate(instant)).toBe(expected);
});
