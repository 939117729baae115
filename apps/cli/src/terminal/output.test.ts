import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { barLine, paintFor, printable, printableText, progressBar } from "./output.ts";

describe("paint", () => {
  const terminal = { isTerminal: true, columns: 80, write: () => {} };
  const pipe = { ...terminal, isTerminal: false };

  test.each([
    ["a terminal", terminal, {}, true],
    ["a pipe", pipe, {}, false],
    ["a terminal with NO_COLOR", terminal, { NO_COLOR: "1" }, false],
    ["a terminal with an empty NO_COLOR", terminal, { NO_COLOR: "" }, true],
    ["NO_COLOR and FORCE_COLOR", terminal, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    ["a pipe with FORCE_COLOR", pipe, { FORCE_COLOR: "1" }, true],
    ["a pipe with FORCE_COLOR=0", pipe, { FORCE_COLOR: "0" }, false],
    ["a dumb terminal", terminal, { TERM: "dumb" }, false],
  ])("%s", (_, output, env, isColored) => {
    const paint = paintFor(output, { env });
    expect(paint.red("x") !== "x").toBe(isColored);
    for (const style of Object.values(paint)) expect(style("x")).toContain("x");
  });
});

test.each([
  ["plain é 漢 🎉", "plain é 漢 🎉"],
  ["two\nlines\tand a tab", "two\nlines\tand a tab"],
  ["\u001b[31mred\u001b[0m", "\ufffd[31mred\ufffd[0m"],
  ["\u009b31m", "\ufffd31m"],
  ["a\rb\u0007\u0000\u007f", "a\ufffdb\ufffd\ufffd\ufffd"],
])("%j is printed as %j", (text, expected) => {
  expect(printableText(text)).toBe(expected);
});

test("changes only the strings in the data", () => {
  const date = new Date(0);
  const data = { a: ["\u001b", { b: "\u001b" }], n: 1, none: null, absent: undefined, yes: true, date };
  expect(printable(data)).toEqual({ a: ["\ufffd", { b: "\ufffd" }], n: 1, none: null, absent: undefined, yes: true, date });
});

test("removes all control characters", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !/[^\P{Cc}\n\t]/u.test(printableText(text))));
});

describe("progress bar", () => {
  function terminal(isTerminal = true) {
    const written: string[] = [];
    return { output: { isTerminal, columns: 80, write: (text: string) => void written.push(text) }, written };
  }

  describe("barLine", () => {
    test.each([
      [0, 10_000, "commits [------------------------] 0 % 0/10,000"],
      [5_000, 10_000, "commits [############------------] 50 % 5,000/10,000"],
      [9_999, 10_000, "commits [########################] 99 % 9,999/10,000"],
      [1_234_567, 1_234_567, "commits [########################] 100 % 1,234,567/1,234,567"],
      [0, 0, "commits [########################] 100 % 0/0"],
    ])("%i of %i", (done, total, expected) => {
      expect(barLine("commits", done, total, 80)).toBe(expected);
    });

    test("fits into a narrow terminal", () => {
      expect(barLine("commits", 1, 2, 30)).toBe("commits 50 % 1/2");
      expect(barLine("commits", 1, 2, 10)).toBe("commits 5");
      expect(barLine("commits", 1, 2, 0)).toBe("");
    });
  });

  describe("progressBar", () => {
    test("redraws in place and is removed at the end", () => {
      const { output, written } = terminal();
      const bar = progressBar(output, "c", true);
      bar.show(1, 2);
      bar.show(1, 2);
      bar.end();
      const line = barLine("c", 1, 2, 80);
      expect(written).toEqual([`\r${line}`, `\r${" ".repeat(line.length)}\r`]);
    });

    test("prints nothing at the end if nothing was shown", () => {
      const { output, written } = terminal();
      progressBar(output, "c", true).end();
      expect(written).toEqual([]);
    });

    test.each([
      ["a pipe", false, true],
      ["a terminal with --quiet", true, false],
    ])("shows nothing on %s", (_, isTerminal, isWanted) => {
      const { output, written } = terminal(isTerminal);
      const bar = progressBar(output, "c", isWanted);
      bar.show(1, 2);
      bar.end();
      expect(written).toEqual([]);
    });
  });
});
