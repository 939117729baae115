import { describe, expect, test } from "vitest";
import { barLine, progressBar } from "./progress-bar.ts";

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

  test("fits a narrow terminal", () => {
    expect(barLine("commits", 1, 2, 30)).toBe("commits 50 % 1/2");
    expect(barLine("commits", 1, 2, 10)).toBe("commits 5");
    expect(barLine("commits", 1, 2, 0)).toBe("");
  });
});

describe("progressBar", () => {
  test("draws over itself and leaves nothing behind", () => {
    const { output, written } = terminal();
    const bar = progressBar(output, "c", true);
    bar.show(1, 2);
    bar.show(1, 2);
    bar.end();
    const line = barLine("c", 1, 2, 80);
    expect(written).toEqual([`\r${line}`, `\r${" ".repeat(line.length)}\r`]);
  });

  test("ends quietly when nothing was shown", () => {
    const { output, written } = terminal();
    progressBar(output, "c", true).end();
    expect(written).toEqual([]);
  });

  test.each([
    ["a pipe", false, true],
    ["a terminal that is to be quiet", true, false],
  ])("shows nothing on %s", (_, isTerminal, isWanted) => {
    const { output, written } = terminal(isTerminal);
    const bar = progressBar(output, "c", isWanted);
    bar.show(1, 2);
    bar.end();
    expect(written).toEqual([]);
  });
});
