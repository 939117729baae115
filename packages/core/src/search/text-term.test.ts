import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textTerm } from "./text-term.ts";

describe("textTerm", () => {
  it.each([
    ["1.0a (20200101100)", "1.0a+20200101100"],
    ["1.2.1 (123)  ", "1.2.1+123"],
    ["app 1.0 (b c)", "app 1.0+b c"],
    ["1.0 (a) (b)", "1.0 (a)+b"],
    ["1.0 (a (b)", "1.0 (a+b"],
    ["1.0 (a(b)", "1.0+a(b"],
    ["1.0  (a)", "1.0 +a"],
    ["1.0\t(a)", "1.0+a"],
    [" (a)", "+a"],
    ["1.0(a)", null],
    ["(a)", null],
    ["1.0 ()", null],
    ["1.0 (a))", null],
    ["1.0 (a) x", null],
    ["1.0 (a", null],
    [")", null],
    ["", null],
  ])("%j", (query, alsoContains) => {
    expect(textTerm(query)).toEqual({ kind: "text", value: query, alsoContains });
  });

  it("finds what the pattern of the contract finds", () => {
    const query = fc.string({ unit: fc.constantFrom("a", " ", "(", ")", "1"), maxLength: 12 });
    fc.assert(
      fc.property(query, (written) => {
        const match = /^(.*)\s+\(([^)]+)\)\s*$/.exec(written);
        expect(textTerm(written).alsoContains).toBe(match === null ? null : `${match[1]}+${match[2]}`);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["spaces", `${" ".repeat(100_000)}x`],
    ["brackets", " (".repeat(50_000)],
    ["brackets that close once", `${" (".repeat(50_000)})`],
  ])("stays linear on %s", (_name, query) => {
    const started = performance.now();
    const { value } = textTerm(query);
    // The pattern above would look at 100,000 characters for each of them.
    expect(performance.now() - started).toBeLessThan(1000);
    expect(value).toBe(query);
  });
});
