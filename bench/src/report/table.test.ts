import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figure, table } from "./table.ts";

describe("table", () => {
  it("aligns the first column left and the others right", () => {
    const text = table(
      ["what", "1/s", "ratio"],
      [
        ["create", "950", "0.61"],
        ["retrieve a release", "12,000", "0.7"],
      ],
    );
    expect(text.split("\n")).toEqual([
      "what                   1/s  ratio",
      "──────────────────  ──────  ─────",
      "create                 950   0.61",
      "retrieve a release  12,000    0.7",
    ]);
  });

  it("accepts a short row, without trailing spaces", () => {
    expect(
      table(["a", "b", "c"], [["x", "1"], []])
        .split("\n")
        .slice(2),
    ).toEqual(["x  1", ""]);
  });

  it("counts code points, not UTF-16 units", () => {
    expect(
      table(["a", "b"], [["🚀", "1"]])
        .split("\n")
        .at(-1),
    ).toBe("🚀  1");
  });

  it("rejects a row with more cells than headings", () => {
    expect(() => table(["a"], [["x", "y"]])).toThrow("a row has 2 cells below 1 headings: x | y");
  });

  it("contains all cells, with no line longer than the rule", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "b", "1", "é", "🚀"), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 }), (rows) => {
        const [head = "", rule = "", ...lines] = table(["x", "y", "z"], rows).split("\n");
        expect(lines.length).toBe(rows.length);
        for (const [index, line] of lines.entries()) expect(line.split(/ +/)).toEqual([...(rows[index] ?? [])]);
        for (const line of [head, ...lines]) expect([...line].length).toBeLessThanOrEqual([...rule].length);
      }),
    );
  });
});

describe("figure", () => {
  it.each([
    [0, "0.000"],
    [0.0504, "0.050"],
    [0.9996, "1.00"],
    [1.234, "1.23"],
    [9.999, "10.0"],
    [12.34, "12.3"],
    [99.96, "100"],
    [1234.5, "1,235"],
    [1_000_000, "1,000,000"],
    [-3.456, "-3.46"],
    [Number.NaN, "–"],
    [Number.POSITIVE_INFINITY, "–"],
  ])("writes %d as %s", (value, text) => {
    expect(figure(value)).toBe(text);
  });
});
