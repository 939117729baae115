import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPythonSpace, pythonStrip } from "./python-strip.ts";

const SPACES = [
  0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006,
  0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
];

describe("pythonStrip", () => {
  it("holds exactly Python's 29 characters for white space", () => {
    const found = Array.from({ length: 0x10000 }, (_, code) => code).filter(isPythonSpace);
    expect(found).toEqual(SPACES);
  });

  it.each([
    ["", ""],
    ["   ", ""],
    [" a b\t", "a b"],
    ["\u00a0\u0085\u2028\u001cx\u001f", "x"],
    ["\u200bx\ufeff", "\u200bx\ufeff"],
    ["\u0000 x", "\u0000 x"],
    ["\u180ex\u2060", "\u180ex\u2060"],
  ])("strips %j to %j", (text, stripped) => {
    expect(pythonStrip(text)).toBe(stripped);
  });

  it("leaves no white space at the ends, keeps the rest, and does nothing the second time", () => {
    const padded = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...SPACES).map((code) => String.fromCharCode(code)),
        fc.string({ minLength: 1, maxLength: 1 }),
      ),
    });
    fc.assert(
      fc.property(padded, (text) => {
        const stripped = pythonStrip(text);
        expect(text).toContain(stripped);
        expect(stripped === "" || !isPythonSpace(stripped.charCodeAt(0))).toBe(true);
        expect(stripped === "" || !isPythonSpace(stripped.charCodeAt(stripped.length - 1))).toBe(true);
        expect([...text.replace(stripped, "")].every((character) => isPythonSpace(character.charCodeAt(0)))).toBe(true);
        expect(pythonStrip(stripped)).toBe(stripped);
      }),
    );
  });
});
