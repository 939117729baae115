import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acceptedReleaseText } from "./release-text.ts";

describe("acceptedReleaseText", () => {
  it.each([
    ["as written", "frontend@1.0.0", "frontend@1.0.0"],
    ["inner spaces", "1.2.1 (123)", "1.2.1 (123)"],
    ["surrounding spaces", "  1.0 ", "1.0"],
    ["surrounding line ends, which are white space", "\r\n1.0\t", "1.0"],
    ["U+0085, U+00A0, U+2028 and U+3000 around it", "\u0085\u00a01.0\u2028\u3000", "1.0"],
    ["U+FEFF is not white space here", "\ufeff1.0", "\ufeff1.0"],
    ["U+200B is not white space", "1.0\u200b", "1.0\u200b"],
    ["U+0085 inside", "1\u00850", "1\u00850"],
    ["a name that only contains latest", "latest-1", "latest-1"],
    ["three dots", "...", "..."],
  ])("accepts %s", (_name, release, expected) => {
    expect(acceptedReleaseText(release)).toBe(expected);
  });

  it.each([
    ["nothing", ""],
    ["only white space", " \u00a0\t"],
    ["a dot", "."],
    ["two dots", ".."],
    ["dots with spaces", " .. "],
    ["latest", "latest"],
    ["latest in capitals and spaces", " LaTeST "],
    ["a slash", "a/b"],
    ["a backslash", "a\\b"],
    ["NUL", "a\0b"],
    ["a line end inside", "1\n0"],
    ["vertical tab inside, though a release may be called so", "1\u000b0"],
    ["unit separator at the end: a control character, not white space", "1.0\u001f"],
    ["DEL", "1\u007f0"],
  ])("refuses %s", (_name, release) => {
    expect(acceptedReleaseText(release)).toBeNull();
  });

  it.each([
    ["ASCII", "a", 200],
    ["two bytes a character", "é", 100],
    ["three bytes a character", "€", 66],
    ["four bytes a character", "😀", 50],
  ])("counts bytes: %s", (_name, character, fits) => {
    expect(acceptedReleaseText(character.repeat(fits))).not.toBeNull();
    expect(acceptedReleaseText(character.repeat(fits + 1))).toBeNull();
  });

  it("does not count the white space it trims", () => {
    expect(acceptedReleaseText(`${" ".repeat(500)}${"a".repeat(200)}\n`)).toBe("a".repeat(200));
  });

  it("answers for any text, and its own answer unchanged", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (release) => {
        const text = acceptedReleaseText(release);
        fc.pre(text !== null);
        expect(release).toContain(text);
        expect(acceptedReleaseText(text)).toBe(text);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(200);
      }),
    );
  });
});
