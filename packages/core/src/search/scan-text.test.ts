import { describe, expect, it } from "vitest";
import { findQuote, isSeparator, scanUntil } from "./scan-text.ts";

describe("isSeparator", () => {
  it.each([
    [" ", true],
    ["\t", true],
    ["\n", true],
    ["\r", true],
    ["\u000b", false],
    ["\u00a0", false],
    ["\u2028", false],
    ["a", false],
    ["", false],
  ])("%j", (character, expected) => {
    expect(isSeparator(character)).toBe(expected);
  });
});

describe("scanUntil", () => {
  it.each([
    ["ab cd", 0, 2],
    ["ab cd", 3, 5],
    [" ab", 0, 0],
    ["ab", 2, 2],
    ["", 0, 0],
  ])("%j from %i", (text, from, expected) => {
    expect(scanUntil(text, from, isSeparator)).toBe(expected);
  });
});

describe("findQuote", () => {
  it.each([
    ['ab"c', 0, 2],
    ['"a"', 1, 2],
    ['a\\"b"', 0, 4],
    ['a\\\\"', 0, 3],
    ["abc", 0, -1],
    ["abc\\", 0, -1],
    ['\\"', 0, -1],
    ["", 0, -1],
  ])("%j from %i", (text, from, expected) => {
    expect(findQuote(text, from)).toBe(expected);
  });
});
